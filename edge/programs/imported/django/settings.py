import os

from django.http import JsonResponse
from django.urls import re_path

SECRET_KEY = "only for this test"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "settings"
INSTALLED_APPS = ["corsheaders"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", "django.middleware.common.CommonMiddleware"]

CORS_ALLOWED_ORIGINS = os.environ["ALLOWED_ORIGINS"].split(",")
CORS_ALLOWED_ORIGIN_REGEXES = [r"^https://.+\.example\.net$"]
CORS_ALLOW_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
CORS_ALLOW_CREDENTIALS = True
CORS_EXPOSE_HEADERS = ["ETag"]

urlpatterns = [re_path(".*", lambda request: JsonResponse({"ok": True}))]
