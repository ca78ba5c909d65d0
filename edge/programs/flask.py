import sys

from flask import Flask

app = Flask(__name__)


@app.route("/", methods=["GET", "PATCH"])
def items():
    return {"ok": True}


# REMEDY

if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(sys.argv[1]))
