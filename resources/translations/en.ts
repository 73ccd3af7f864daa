<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>FilterBar</name>
    <message numerus="yes">
        <source>Resume %n failed from {host}</source>
        <translation>
            <numerusform>Resume %n failed from {host}</numerusform>
            <numerusform>Resume %n failed from {host}</numerusform>
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
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
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
        <source>%n of them are set by environment variables on this computer.</source>
        <translation>
            <numerusform>%n of them are set by environment variables on this computer.</numerusform>
            <numerusform>%n of them are set by environment variables on this computer.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) loaded from {name}.</source>
        <translation>
            <numerusform>%n setting loaded from {name}.</numerusform>
            <numerusform>%n settings loaded from {name}.</numerusform>
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
        <source>%n download(s) waiting until you resume the host.</source>
        <translation>
            <numerusform>%n download waiting until you resume the host.</numerusform>
            <numerusform>%n downloads waiting until you resume the host.</numerusform>
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
        <source>Working, after %n failure(s) in a row.</source>
        <translation>
            <numerusform>Working, after %n failure in a row.</numerusform>
            <numerusform>Working, after %n failures in a row.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message numerus="yes">
        <source>gave up after %n attempt(s): no progress in the last {last}</source>
        <translation>
            <numerusform>gave up after %n attempt: no progress in the last {last}</numerusform>
            <numerusform>gave up after %n attempts: no progress in the last {last}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>waiting {wait_s}: {host} failed %n time(s) in a row</source>
        <translation>
            <numerusform>waiting {wait_s}: {host} failed %n time in a row</numerusform>
            <numerusform>waiting {wait_s}: {host} failed %n times in a row</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>stopped: the program quit unexpectedly %n time(s) without making progress</source>
        <translation>
            <numerusform>stopped: the program quit unexpectedly %n time without making progress</numerusform>
            <numerusform>stopped: the program quit unexpectedly %n times without making progress</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>news</name>
    <message numerus="yes">
        <source>%n download(s) need attention</source>
        <translation>
            <numerusform>%n download need attention</numerusform>
            <numerusform>%n downloads need attention</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) finished</source>
        <translation>
            <numerusform>%n download finished</numerusform>
            <numerusform>%n downloads finished</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message numerus="yes">
        <source>Finished after %n attempt(s).</source>
        <translation>
            <numerusform>Finished after %n attempt.</numerusform>
            <numerusform>Finished after %n attempts.</numerusform>
        </translation>
    </message>
</context>
</TS>
