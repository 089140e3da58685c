import os, sys
sys.path.append(os.curdir)
from pelicanconf import *
SITEURL = "https://kran.example"
RELATIVE_URLS = False
