/** @type {import('next').NextConfig} */
const nextConfig = { reactStrictMode: true, trailingSlash: false };
export default nextConfig;
