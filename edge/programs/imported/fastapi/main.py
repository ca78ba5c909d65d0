import os

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware,
    allow_origins=os.environ["ALLOWED_ORIGINS"].split(","),
    allow_origin_regex=r"https://.+\.example\.net",
    allow_methods=["*"],
    allow_headers=["Authorization"],
    allow_credentials=True,
)


@app.get("/{path:path}")
def index(path: str):
    return {"ok": True}


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]))
