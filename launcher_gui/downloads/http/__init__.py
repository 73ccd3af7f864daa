"""HTTP: requests with redirects followed, response bodies, proxies."""
