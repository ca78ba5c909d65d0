import sys

from fastapi import FastAPI

app = FastAPI()


@app.api_route("/", methods=["GET", "PATCH"])
def items():
    return {"ok": True}


# REMEDY

if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
