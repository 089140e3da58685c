"""Raw article -> candidate -> entry: what people write becomes what readers need. Pure.

`article.normalize` reads the metadata, `permalinks.permalink` gives an address,
`body.render_body` makes clean HTML of the body, `entry.entry_of` joins them to an entry.
"""
