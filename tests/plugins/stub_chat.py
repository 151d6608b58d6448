"""A stub of an endpoint for chat completions, on loopback.

Writes its port to the first file of its arguments, and each request to the second. The first
request is refused as one too many; a text that holds `FAULT:words` has an answer without a
number, and `FAULT:no` is refused for good.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

port_file, log_file = sys.argv[1:]


class Stub(BaseHTTPRequestHandler):
    refused = False

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with open(log_file, "a") as log:
            key = self.headers["Authorization"]
            log.write(json.dumps({"path": self.path, "key": key, **body}) + "\n")
        text = body["messages"][0]["content"]
        if not Stub.refused:
            Stub.refused = True
            return self.send_error(429)
        if "FAULT:no" in text:
            return self.send_error(400)
        answer = "I would rather not" if "FAULT:words" in text else "4"
        reply = json.dumps({"choices": [{"message": {"content": answer}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Stub)
with open(port_file, "w") as file:
    file.write(str(server.server_port))
server.serve_forever()
