@echo off
rem Starts build.ps1 with every argument unchanged and hands its exit code back.
powershell -NoLogo -NoProfile -ExecutionPolicy Bypass -File "%~dp0build.ps1" %*
exit /b %errorlevel%
