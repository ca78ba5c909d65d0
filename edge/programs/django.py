import os
import sys

from django.http import JsonResponse
from django.urls import path

SECRET_KEY = "only for this test"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "program"
INSTALLED_APPS = []
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]

urlpatterns = [path("", lambda request: JsonResponse({"ok": True}))]

# REMEDY

if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    os.environ["DJANGO_SETTINGS_MODULE"] = "program"
    from django.core.management import execute_from_command_line

    execute_from_command_line(["", "runserver", "--noreload", "127.0.0.1:" + sys.argv[1]])
