<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>FilterBar</name>
    <message numerus="yes">
        <source>Resume %n failed of {host}</source>
        <translation>
            <numerusform>Resume %n failed of {host}</numerusform>
            <numerusform>Resume %n failed of {host}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume %n failed</source>
        <translation>
            <numerusform>Resume %n failed</numerusform>
            <numerusform>Resume %n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HostsView</name>
    <message numerus="yes">
        <source>%n waiting for it</source>
        <translation>
            <numerusform>%n waiting for it</numerusform>
            <numerusform>%n waiting for it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuitQuestion</name>
    <message numerus="yes">
        <source>%n download(s) still running.</source>
        <translation>
            <numerusform>%n download is running.</numerusform>
            <numerusform>%n downloads are running.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RemoveQuestion</name>
    <message numerus="yes">
        <source>Remove %n download(s) from the list?</source>
        <translation>
            <numerusform>Remove %n download from the list?</numerusform>
            <numerusform>Remove %n downloads from the list?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>accounts</name>
    <message numerus="yes">
        <source>%n of them are held fixed here by environment variables.</source>
        <translation>
            <numerusform>%n of them is held fixed here by an environment variable.</numerusform>
            <numerusform>%n of them are held fixed here by environment variables.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) were taken over from {name}.</source>
        <translation>
            <numerusform>%n setting was taken over from {name}.</numerusform>
            <numerusform>%n settings were taken over from {name}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>attention</name>
    <message numerus="yes">
        <source>%n download(s) were interrupted</source>
        <translation>
            <numerusform>%n download was interrupted</numerusform>
            <numerusform>%n downloads were interrupted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) wait until the host is let go.</source>
        <translation>
            <numerusform>%n download waits until the host is let go.</numerusform>
            <numerusform>%n downloads wait until the host is let go.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s): {why}</source>
        <translation>
            <numerusform>%n download: {why}</numerusform>
            <numerusform>%n downloads: {why}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drafts</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hosts</name>
    <message numerus="yes">
        <source>Calls go through; it failed %n time(s) in a row.</source>
        <translation>
            <numerusform>Calls go through; it failed once.</numerusform>
            <numerusform>Calls go through; it failed %n times in a row.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>news</name>
    <message numerus="yes">
        <source>%n download(s) need you</source>
        <translation>
            <numerusform>%n download needs you</numerusform>
            <numerusform>%n downloads need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) have finished</source>
        <translation>
            <numerusform>%n download has finished</numerusform>
            <numerusform>%n downloads have finished</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message numerus="yes">
        <source>It took %n attempt(s).</source>
        <translation>
            <numerusform>It took %n attempt.</numerusform>
            <numerusform>It took %n attempts.</numerusform>
        </translation>
    </message>
</context>
</TS>
