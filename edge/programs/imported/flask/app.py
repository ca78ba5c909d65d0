import os

from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(
    app,
    origins=os.environ["ALLOWED_ORIGINS"].split(","),
    allow_headers=["Content-Type", "Authorization"],
    expose_headers=["ETag"],
    supports_credentials=True,
    max_age=600,
)


@app.route("/", defaults={"path": ""}, methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
@app.route("/<path:path>", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
def index(path):
    return {"ok": True}


if __name__ == "__main__":
    app.run("127.0.0.1", int(os.environ["PORT"]))
