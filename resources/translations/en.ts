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
