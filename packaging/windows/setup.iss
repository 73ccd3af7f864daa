; The set-up program for Windows, made by packaging/build.py. Unproven: see docs/packaging.md.
[Setup]
AppId={#AppId}
AppName=ComfyUI Launcher Recovery Monitor
AppVersion={#Version}
DefaultDirName={autopf}\ComfyUI Launcher Recovery Monitor
DefaultGroupName=ComfyUI Launcher Recovery Monitor
; For the current user, without administrator rights.
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
Compression=lzma2/max
SolidCompression=yes
; Closes the running program before its files are replaced; downloads resume.
CloseApplications=yes
WizardStyle=modern
UninstallDisplayIcon={app}\comfyui-recovery.exe

[Files]
Source: "{#Source}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\ComfyUI Launcher Recovery Monitor"; Filename: "{app}\comfyui-recovery.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\{#Scheme}"; ValueType: string; ValueData: "URL:{#Scheme}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#Scheme}"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\{#Scheme}\shell\open\command"; ValueType: string; ValueData: """{app}\comfyui-recovery.exe"" open ""%1"""

[InstallDelete]
; Files of an earlier version that this one lacks.
Type: filesandordirs; Name: "{app}\_internal"

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if (CurUninstallStep = usPostUninstall) and DirExists(ExpandConstant('{localappdata}\comfyui-recovery')) then
    if MsgBox('Also delete the list of downloads and the settings? Downloaded files are kept.',
              mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(ExpandConstant('{localappdata}\comfyui-recovery'), True, True, True);
end;
