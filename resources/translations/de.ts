<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutSheet</name>
    <message>
        <source>About</source>
        <translation>Über das Programm</translation>
    </message>
    <message>
        <source>ComfyUI Launcher Recovery Monitor {version}</source>
        <translation>ComfyUI Launcher Recovery Monitor {version}</translation>
    </message>
    <message>
        <source>Downloads of large models that survive dropped connections, restarts and power cuts.</source>
        <translation>Downloads großer Modelle, die Verbindungsabbrüche, Neustarts und Stromausfälle überstehen.</translation>
    </message>
    <message>
        <source>Free software under the MIT licence. It stands on these, as they are:</source>
        <translation>Freie Software unter der MIT-Lizenz. Sie baut hierauf auf:</translation>
    </message>
    <message>
        <source>Scroll the text</source>
        <translation>Durch den Text blättern</translation>
    </message>
    <message>
        <source>Licence texts</source>
        <translation>Lizenztexte</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen…</translation>
    </message>
    <message>
        <source>Add a download</source>
        <translation>Einen Download hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Paste link</source>
        <translation>Link &amp;einfügen</translation>
    </message>
    <message>
        <source>Add the link that was copied</source>
        <translation>Den kopierten Link hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>&amp;Ordner öffnen</translation>
    </message>
    <message>
        <source>Open the folder of the file</source>
        <translation>Den Ordner der Datei öffnen</translation>
    </message>
    <message>
        <source>Resume &amp;interrupted downloads at start</source>
        <translation>&amp;Unterbrochenes beim Start fortsetzen</translation>
    </message>
    <message>
        <source>Go on by itself with what was interrupted when the program ended</source>
        <translation>Von selbst mit dem weitermachen, was unterbrochen wurde, als das Programm endete</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>E&amp;instellungen…</translation>
    </message>
    <message>
        <source>Say how the program retries and downloads</source>
        <translation>Festlegen, wie das Programm herunterlädt und es erneut versucht</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Quit; running downloads are checkpointed</source>
        <translation>Beenden; der Stand laufender Downloads wird gesichert</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>Link &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the links of the selection</source>
        <translation>Die Links der Auswahl kopieren</translation>
    </message>
    <message>
        <source>&amp;Select all</source>
        <translation>Alles aus&amp;wählen</translation>
    </message>
    <message>
        <source>Select every download</source>
        <translation>Jeden Download auswählen</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>Fil&amp;tern</translation>
    </message>
    <message>
        <source>Say what is to be seen of the list</source>
        <translation>Festlegen, was von der Liste zu sehen ist</translation>
    </message>
    <message>
        <source>Pa&amp;use or resume</source>
        <translation>Anhalten oder fort&amp;setzen</translation>
    </message>
    <message>
        <source>Pause it, or resume it if it stands</source>
        <translation>Anhalten, oder fortsetzen, wenn es steht</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>Go on from where it stopped</source>
        <translation>Dort weitermachen, wo es stehen blieb</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Stop for now; keeps the data</source>
        <translation>Vorerst anhalten; die Daten bleiben</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Give it up; keeps the data until it is removed</source>
        <translation>Aufgeben; die Daten bleiben, bis es entfernt wird</translation>
    </message>
    <message>
        <source>Retry &amp;now</source>
        <translation>Jetzt &amp;versuchen</translation>
    </message>
    <message>
        <source>Do not wait any longer, or begin again</source>
        <translation>Nicht länger warten, oder neu beginnen</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>&amp;Entfernen…</translation>
    </message>
    <message>
        <source>Take it off the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>Die Details zeigen oder verbergen</translation>
    </message>
    <message>
        <source>&amp;List</source>
        <translation>&amp;Liste</translation>
    </message>
    <message>
        <source>Look at the list</source>
        <translation>Die Liste ansehen</translation>
    </message>
    <message>
        <source>&amp;Timeline</source>
        <translation>&amp;Zeitverlauf</translation>
    </message>
    <message>
        <source>See when what was tried, and why</source>
        <translation>Sehen, wann was versucht wurde und warum</translation>
    </message>
    <message>
        <source>&amp;Hosts</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>See which hosts are left alone, and why</source>
        <translation>Sehen, welche Server in Ruhe gelassen werden und warum</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>Show every shortcut</source>
        <translation>Alle Tastenkürzel zeigen</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>Ü&amp;ber das Programm</translation>
    </message>
    <message>
        <source>What this program is</source>
        <translation>Was dieses Programm ist</translation>
    </message>
</context>
<context>
    <name>AddDialog</name>
    <message>
        <source>Add download</source>
        <translation>Download hinzufügen</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>where the file goes</source>
        <translation>wohin die Datei kommt</translation>
    </message>
    <message>
        <source>File name (optional)</source>
        <translation>Dateiname (freiwillig)</translation>
    </message>
    <message>
        <source>taken from the link</source>
        <translation>wird dem Link entnommen</translation>
    </message>
    <message>
        <source>SHA-256 (optional)</source>
        <translation>SHA-256 (freiwillig)</translation>
    </message>
    <message>
        <source>checked before the file is installed</source>
        <translation>wird geprüft, bevor die Datei abgelegt wird</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Browse for a folder</source>
        <translation>Einen Ordner suchen</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>Wird hinzugefügt…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
</context>
<context>
    <name>AttemptTableModel</name>
    <message>
        <source>#</source>
        <translation>Nr</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>Ursache</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Resumed from</source>
        <translation>Fortgesetzt ab</translation>
    </message>
</context>
<context>
    <name>AttemptsTable</name>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Dismiss the message</source>
        <translation>Die Meldung schließen</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>DetailsPane</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>nicht angegeben</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Worked on by</source>
        <translation>Bearbeitet von</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Technical detail</source>
        <translation>Technisches</translation>
    </message>
    <message>
        <source>Technical detail of the attempt</source>
        <translation>Technische Einzelheiten des Versuchs</translation>
    </message>
    <message>
        <source>Select a download to see its attempts, and why each of them ended.</source>
        <translation>Wählen Sie einen Download, um seine Versuche zu sehen und warum jeder von ihnen endete.</translation>
    </message>
    <message>
        <source>Scroll the facts</source>
        <translation>Durch die Angaben blättern</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Drop a link here</source>
        <translation>Link hier ablegen</translation>
    </message>
    <message>
        <source>or copy one and press Ctrl+V anywhere in this window</source>
        <translation>oder einen kopieren und irgendwo in diesem Fenster Strg+V drücken</translation>
    </message>
    <message>
        <source>Downloads go on where they stopped, even after a crash.</source>
        <translation>Downloads gehen dort weiter, wo sie stehen blieben, auch nach einem Absturz.</translation>
    </message>
    <message>
        <source>Add download…</source>
        <translation>Download hinzufügen…</translation>
    </message>
    <message>
        <source>Scroll the page</source>
        <translation>Durch die Seite blättern</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Filter by name, folder or link</source>
        <translation>Nach Name, Ordner oder Link filtern</translation>
    </message>
    <message>
        <source>Filter by state</source>
        <translation>Nach Zustand filtern</translation>
    </message>
    <message>
        <source>Filter by host</source>
        <translation>Nach Server filtern</translation>
    </message>
    <message>
        <source>All hosts</source>
        <translation>Alle Server</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>Resume %n failed of {host}</source>
        <translation>
            <numerusform>%n gescheiterten von {host} fortsetzen</numerusform>
            <numerusform>%n gescheiterte von {host} fortsetzen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Resume %n failed</source>
        <translation>
            <numerusform>%n gescheiterten fortsetzen</numerusform>
            <numerusform>%n gescheiterte fortsetzen</numerusform>
        </translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Alle Zustände</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Waiting to retry</source>
        <translation>Warten auf Versuch</translation>
    </message>
    <message>
        <source>Standing still</source>
        <translation>Stehen still</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>HostTableModel</name>
    <message>
        <source>Host</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Waiting for it</source>
        <translation>Warten darauf</translation>
    </message>
    <message>
        <source>Next probe</source>
        <translation>Nächste Probe</translation>
    </message>
    <message>
        <source>Failed lately</source>
        <translation>Zuletzt gescheitert</translation>
    </message>
    <message>
        <source>Last failure</source>
        <translation>Letzter Fehler</translation>
    </message>
</context>
<context>
    <name>HostsView</name>
    <message>
        <source>&amp;Probe now</source>
        <translation>Jetzt &amp;prüfen</translation>
    </message>
    <message>
        <source>Let one waiting download ask at once</source>
        <translation>Einen wartenden Download sofort anfragen lassen</translation>
    </message>
    <message>
        <source>&amp;Trust again</source>
        <translation>Wieder &amp;trauen</translation>
    </message>
    <message>
        <source>Forget the failures: calls go through at once</source>
        <translation>Die Fehler vergessen: Anfragen gehen sofort durch</translation>
    </message>
    <message>
        <source>&amp;Hold back</source>
        <translation>&amp;Sperren</translation>
    </message>
    <message>
        <source>Ask nothing of it until it is released</source>
        <translation>Nichts bei ihm anfragen, bis er freigegeben wird</translation>
    </message>
    <message>
        <source>Re&amp;lease</source>
        <translation>&amp;Freigeben</translation>
    </message>
    <message>
        <source>Let calls through again</source>
        <translation>Anfragen wieder durchlassen</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Downloads that wait for the host</source>
        <translation>Downloads, die auf den Server warten</translation>
    </message>
    <message>
        <source>Hosts appear here with their first download.

One that fails several times in a row is left alone for a while, so that it can recover: what waits for it shows here, until when, and you can probe it or trust it again at once.
You can also hold a host back yourself, for example while you need the bandwidth elsewhere.</source>
        <translation>Server erscheinen hier mit ihrem ersten Download.

Einer, der mehrmals hintereinander scheitert, wird eine Weile in Ruhe gelassen, damit er sich erholen kann: Hier steht, was auf ihn wartet und bis wann, und Sie können ihn prüfen oder ihm sofort wieder trauen.
Sie können einen Server auch selbst sperren, etwa solange Sie die Bandbreite anderswo brauchen.</translation>
    </message>
    <message>
        <source>Nothing waits for it.</source>
        <translation>Nichts wartet auf ihn.</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for it</source>
        <translation>
            <numerusform>%n wartet auf ihn</numerusform>
            <numerusform>%n warten auf ihn</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>ComfyUI Launcher Recovery Monitor</source>
        <translation>ComfyUI Launcher Recovery Monitor</translation>
    </message>
    <message>
        <source>The store is busy: another program holds it.</source>
        <translation>Der Speicher ist belegt: Ein anderes Programm hält ihn.</translation>
    </message>
    <message>
        <source>Downloads go on. What happens and what you ask for is written down as soon as it lets go.</source>
        <translation>Downloads gehen weiter. Was geschieht und was Sie verlangen, wird aufgeschrieben, sobald es ihn loslässt.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gesichert…</translation>
    </message>
    <message>
        <source>Toolbar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Totals: {words}</source>
        <translation>Summen: {words}</translation>
    </message>
    <message>
        <source>There is no http or https link in the clipboard.</source>
        <translation>In der Zwischenablage ist kein http- oder https-Link.</translation>
    </message>
</context>
<context>
    <name>OperationTableModel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>What happens next</source>
        <translation>Was als Nächstes geschieht</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
</context>
<context>
    <name>OperationsView</name>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
</context>
<context>
    <name>QuitQuestion</name>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) still running.</source>
        <translation>
            <numerusform>%n Download läuft noch.</numerusform>
            <numerusform>%n Downloads laufen noch.</numerusform>
        </translation>
    </message>
    <message>
        <source>What has arrived is checkpointed, and the next start goes on from there.</source>
        <translation>Was angekommen ist, wird gesichert, und der nächste Start macht dort weiter.</translation>
    </message>
    <message>
        <source>What has arrived is checkpointed; Resume goes on from there.</source>
        <translation>Was angekommen ist, wird gesichert; „Fortsetzen“ macht dort weiter.</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
</context>
<context>
    <name>RemoveQuestion</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n download(s) from the list?</source>
        <translation>
            <numerusform>%n Download von der Liste entfernen?</numerusform>
            <numerusform>%n Downloads von der Liste entfernen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove {name} from the list?</source>
        <translation>{name} von der Liste entfernen?</translation>
    </message>
    <message>
        <source>Installed files stay where they are.</source>
        <translation>Fertige Dateien bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Also delete {size} of unfinished data</source>
        <translation>Auch {size} unfertige Daten löschen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>SchedulePicture</name>
    <message>
        <source>No failure is tried again.</source>
        <translation>Nach einem Fehler wird nichts erneut versucht.</translation>
    </message>
    <message>
        <source>Longest waits after each failure: {waits}</source>
        <translation>Längste Wartezeiten nach jedem Fehler: {waits}</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Held fixed by the environment variable {name}.</source>
        <translation>Festgelegt durch die Umgebungsvariable {name}.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Back to the default, {value}</source>
        <translation>Zurück zum Vorgegebenen: {value}</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Keine Einstellung enthält diese Wörter.</translation>
    </message>
    <message>
        <source>The longest wait after each failure in a row; the hatched part is left to chance.</source>
        <translation>Die längste Wartezeit nach jedem Fehler in Folge; der schraffierte Teil bleibt dem Zufall überlassen.</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellung suchen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Scroll the settings</source>
        <translation>Durch die Einstellungen blättern</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Scroll the shortcuts</source>
        <translation>Durch die Tastenkürzel blättern</translation>
    </message>
</context>
<context>
    <name>TimelineLegend</name>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>gelungen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>abgerissen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>resting</source>
        <translation>ruht</translation>
    </message>
    <message>
        <source>asked by a person</source>
        <translation>von Hand verlangt</translation>
    </message>
    <message>
        <source>taken over</source>
        <translation>übernommen</translation>
    </message>
    <message>
        <source>host left alone</source>
        <translation>Server in Ruhe gelassen</translation>
    </message>
    <message>
        <source>held back by a person</source>
        <translation>von Hand gesperrt</translation>
    </message>
    <message>
        <source>Key: {words}</source>
        <translation>Legende: {words}</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Every attempt, wait and pause appears here as soon as a download begins.</source>
        <translation>Jeder Versuch, jedes Warten und jede Pause erscheint hier, sobald ein Download beginnt.</translation>
    </message>
    <message>
        <source>Timeline of attempts</source>
        <translation>Zeitverlauf der Versuche</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Scroll the lanes</source>
        <translation>Durch die Spuren blättern</translation>
    </message>
    <message>
        <source>Show more time (-)</source>
        <translation>Mehr Zeit zeigen (-)</translation>
    </message>
    <message>
        <source>Show less time (+)</source>
        <translation>Weniger Zeit zeigen (+)</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show everything from the first attempt on (Home)</source>
        <translation>Alles ab dem ersten Versuch zeigen (Pos1)</translation>
    </message>
    <message>
        <source>Follow now</source>
        <translation>Mitlaufen</translation>
    </message>
    <message>
        <source>Go along with the time (End)</source>
        <translation>Mit der Zeit mitgehen (Ende)</translation>
    </message>
</context>
<context>
    <name>Workspace</name>
    <message>
        <source>Hosts ({count})</source>
        <translation>Server ({count})</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Ways to look at it</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitverlauf</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>The environment variable {name} holds this setting fixed.</source>
        <translation>Die Umgebungsvariable {name} legt diese Einstellung fest.</translation>
    </message>
    <message>
        <source>It could not be added: {error}. The terminal says more.</source>
        <translation>Das ließ sich nicht hinzufügen: {error}. Im Terminal steht mehr.</translation>
    </message>
</context>
<context>
    <name>form</name>
    <message>
        <source>This is not a whole number.</source>
        <translation>Das ist keine ganze Zahl.</translation>
    </message>
    <message>
        <source>This is not a number.</source>
        <translation>Das ist keine Zahl.</translation>
    </message>
    <message>
        <source>This is out of range.</source>
        <translation>Das liegt außerhalb des Erlaubten.</translation>
    </message>
    <message>
        <source>Use a whole number from {least} to {most}.</source>
        <translation>Erlaubt ist eine ganze Zahl von {least} bis {most}.</translation>
    </message>
    <message>
        <source>Use a number from {least} to {most}.</source>
        <translation>Erlaubt ist eine Zahl von {least} bis {most}.</translation>
    </message>
</context>
<context>
    <name>hosts</name>
    <message>
        <source>Trusted</source>
        <translation>Vertraut</translation>
    </message>
    <message>
        <source>Left alone</source>
        <translation>In Ruhe gelassen</translation>
    </message>
    <message>
        <source>Being probed</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Gesperrt</translation>
    </message>
    <message>
        <source>{failed} of {ended} ({share} %)</source>
        <translation>{failed} von {ended} ({share} %)</translation>
    </message>
    <message>
        <source>with the next call</source>
        <translation>mit der nächsten Anfrage</translation>
    </message>
    <message>
        <source>in {time}</source>
        <translation>in {time}</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>im Gange</translation>
    </message>
    <message>
        <source>when it is released</source>
        <translation>bei Freigabe</translation>
    </message>
    <message>
        <source>Left alone since {since}, {count} times in a row by now.</source>
        <translation>Seit {since} in Ruhe gelassen, nun {count}-mal in Folge.</translation>
    </message>
    <message>
        <source>Left alone since {since}.</source>
        <translation>Seit {since} in Ruhe gelassen.</translation>
    </message>
    <message>
        <source>Next probe: {when}.</source>
        <translation>Nächste Probe: {when}.</translation>
    </message>
    <message>
        <source>A single call finds out whether it is well again.</source>
        <translation>Eine einzelne Anfrage findet heraus, ob er sich erholt hat.</translation>
    </message>
    <message>
        <source>Held back by a person since {since}. Nothing is asked of it until it is released.</source>
        <translation>Seit {since} von Hand gesperrt. Nichts wird bei ihm angefragt, bis er freigegeben wird.</translation>
    </message>
    <message>
        <source>Calls go through.</source>
        <translation>Anfragen gehen durch.</translation>
    </message>
    <message>
        <source>The last failure: {error}.</source>
        <translation>Der letzte Fehler: {error}.</translation>
    </message>
    <message numerus="yes">
        <source>Calls go through; it failed %n time(s) in a row.</source>
        <translation>
            <numerusform>Anfragen gehen durch; er ist einmal gescheitert.</numerusform>
            <numerusform>Anfragen gehen durch; er ist %n-mal hintereinander gescheitert.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lanes</name>
    <message>
        <source>Attempt {number} running</source>
        <translation>Versuch {number} läuft</translation>
    </message>
    <message>
        <source>Attempt {number} succeeded</source>
        <translation>Versuch {number} gelungen</translation>
    </message>
    <message>
        <source>Attempt {number} failed</source>
        <translation>Versuch {number} gescheitert</translation>
    </message>
    <message>
        <source>Attempt {number} paused</source>
        <translation>Versuch {number} angehalten</translation>
    </message>
    <message>
        <source>Attempt {number} cancelled</source>
        <translation>Versuch {number} abgebrochen</translation>
    </message>
    <message>
        <source>Attempt {number} interrupted</source>
        <translation>Versuch {number} unterbrochen</translation>
    </message>
    <message>
        <source>calls go through again</source>
        <translation>Anfragen gehen wieder durch</translation>
    </message>
    <message>
        <source>left alone</source>
        <translation>in Ruhe gelassen</translation>
    </message>
    <message>
        <source>being probed</source>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>held back by a person</source>
        <translation>von Hand gesperrt</translation>
    </message>
    <message>
        <source>paused by a person</source>
        <translation>von Hand angehalten</translation>
    </message>
    <message>
        <source>not answered yet</source>
        <translation>noch nicht beantwortet</translation>
    </message>
    <message>
        <source>{button} asked by {who}: {answer}</source>
        <translation>{button} verlangt von {who}: {answer}</translation>
    </message>
    <message>
        <source>taken over by another process</source>
        <translation>von einem anderen Prozess übernommen</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>Max retries</source>
        <translation>Wiederholungen höchstens</translation>
    </message>
    <message>
        <source>How often to try again without a single new byte before giving up.</source>
        <translation>Wie oft ohne ein einziges neues Byte erneut versucht wird, bevor aufgegeben wird.</translation>
    </message>
    <message>
        <source>Initial delay</source>
        <translation>Erste Wartezeit</translation>
    </message>
    <message>
        <source>Wait after the first failure.</source>
        <translation>Wartezeit nach dem ersten Fehler.</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>Backoff factor</source>
        <translation>Wachstum der Wartezeit</translation>
    </message>
    <message>
        <source>What each further wait is multiplied by.</source>
        <translation>Womit jede weitere Wartezeit malgenommen wird.</translation>
    </message>
    <message>
        <source>Max delay</source>
        <translation>Längste Wartezeit</translation>
    </message>
    <message>
        <source>Longest wait of our own choosing.</source>
        <translation>Längste Wartezeit, die das Programm selbst wählt.</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>Share of each wait that is left to chance, so that clients do not return together.</source>
        <translation>Anteil jeder Wartezeit, der dem Zufall überlassen bleibt, damit nicht alle zugleich wiederkommen.</translation>
    </message>
    <message>
        <source>Max retry after</source>
        <translation>Längstes Warten für Server</translation>
    </message>
    <message>
        <source>Longest wait that a server may ask for before the attempt counts as failed.</source>
        <translation>Längste Wartezeit, die ein Server verlangen darf, bevor der Versuch als gescheitert gilt.</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Frist je Versuch</translation>
    </message>
    <message>
        <source>Longest time for one attempt; 0 for no limit.</source>
        <translation>Längste Zeit für einen Versuch; 0 für keine Grenze.</translation>
    </message>
    <message>
        <source>Total timeout</source>
        <translation>Frist insgesamt</translation>
    </message>
    <message>
        <source>Longest time for all attempts and waits together; 0 for no limit.</source>
        <translation>Längste Zeit für alle Versuche und Wartezeiten zusammen; 0 für keine Grenze.</translation>
    </message>
    <message>
        <source>Retry budget</source>
        <translation>Vorrat für Wiederholungen</translation>
    </message>
    <message>
        <source>Tokens that the retries of all calls to a host share: one takes 14, a success returns them. 0 for no budget.</source>
        <translation>Marken, die sich die Wiederholungen aller Anfragen an einen Server teilen: Eine kostet 14, ein Erfolg gibt sie zurück. 0 für keinen Vorrat.</translation>
    </message>
    <message>
        <source>Taken up again after losses</source>
        <translation>Wiederaufnahmen nach Verlusten</translation>
    </message>
    <message>
        <source>How often work whose process was lost is taken up again while it comes no further.</source>
        <translation>Wie oft Arbeit, deren Prozess verloren ging, wieder aufgenommen wird, solange sie nicht vorankommt.</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Failures in a row</source>
        <translation>Fehler in Folge</translation>
    </message>
    <message>
        <source>Failures in a row after which a host is left alone for a while.</source>
        <translation>Fehler in Folge, nach denen ein Server eine Weile in Ruhe gelassen wird.</translation>
    </message>
    <message>
        <source>Left alone for</source>
        <translation>In Ruhe gelassen für</translation>
    </message>
    <message>
        <source>How long a failing host is left alone at first.</source>
        <translation>Wie lange ein scheiternder Server zunächst in Ruhe gelassen wird.</translation>
    </message>
    <message>
        <source>Probes</source>
        <translation>Proben</translation>
    </message>
    <message>
        <source>Calls that have to succeed before a host that was left alone is trusted again.</source>
        <translation>Anfragen, die gelingen müssen, bevor einem in Ruhe gelassenen Server wieder getraut wird.</translation>
    </message>
    <message>
        <source>Share of failures</source>
        <translation>Anteil der Fehler</translation>
    </message>
    <message>
        <source>Share of the calls to a host whose failure has it left alone as well; 0 for none.</source>
        <translation>Anteil der Anfragen an einen Server, bei dessen Scheitern er ebenfalls in Ruhe gelassen wird; 0 für keinen.</translation>
    </message>
    <message>
        <source>Share looks back</source>
        <translation>Anteil blickt zurück</translation>
    </message>
    <message>
        <source>How far back that share looks.</source>
        <translation>Wie weit dieser Anteil zurückblickt.</translation>
    </message>
    <message>
        <source>Share needs calls</source>
        <translation>Anteil braucht Anfragen</translation>
    </message>
    <message>
        <source>Calls within that time below which the share says nothing.</source>
        <translation>Anfragen in dieser Zeit, unter denen der Anteil nichts besagt.</translation>
    </message>
    <message>
        <source>Slow call</source>
        <translation>Langsame Anfrage</translation>
    </message>
    <message>
        <source>A call that takes longer counts as a failed one; 0 takes none for slow.</source>
        <translation>Eine Anfrage, die länger dauert, gilt als gescheitert; bei 0 gilt keine als langsam.</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Download folder</source>
        <translation>Ordner für Downloads</translation>
    </message>
    <message>
        <source>Where files go unless told otherwise; empty for your downloads folder.</source>
        <translation>Wohin Dateien kommen, wenn nichts anderes gesagt ist; leer für Ihren Download-Ordner.</translation>
    </message>
    <message>
        <source>Concurrent downloads</source>
        <translation>Gleichzeitige Downloads</translation>
    </message>
    <message>
        <source>How many downloads run at once.</source>
        <translation>Wie viele Downloads zugleich laufen.</translation>
    </message>
    <message>
        <source>Bandwidth in all</source>
        <translation>Bandbreite insgesamt</translation>
    </message>
    <message>
        <source>How fast all downloads of one process may be together; 0 for no limit.</source>
        <translation>Wie schnell alle Downloads eines Prozesses zusammen sein dürfen; 0 für keine Grenze.</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>Bandwidth of each download</source>
        <translation>Bandbreite je Download</translation>
    </message>
    <message>
        <source>How fast one download may be; 0 for no limit.</source>
        <translation>Wie schnell ein Download sein darf; 0 für keine Grenze.</translation>
    </message>
    <message>
        <source>Resume interrupted downloads at start</source>
        <translation>Unterbrochene Downloads beim Start fortsetzen</translation>
    </message>
    <message>
        <source>Whether downloads that were interrupted go on at the next start.</source>
        <translation>Ob unterbrochene Downloads beim nächsten Start weitergehen.</translation>
    </message>
    <message>
        <source>Stall timeout</source>
        <translation>Frist bei Stillstand</translation>
    </message>
    <message>
        <source>How long no byte may come before an attempt is given up.</source>
        <translation>Wie lange kein Byte kommen darf, bevor ein Versuch aufgegeben wird.</translation>
    </message>
    <message>
        <source>Connect timeout</source>
        <translation>Frist für die Verbindung</translation>
    </message>
    <message>
        <source>How long reaching a server may take.</source>
        <translation>Wie lange es dauern darf, einen Server zu erreichen.</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language of the window, such as de, from its next start on; empty for the system&apos;s.</source>
        <translation>Sprache des Fensters, etwa de, ab seinem nächsten Start; leer für die des Systems.</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Hugging Face address</source>
        <translation>Adresse von Hugging Face</translation>
    </message>
    <message>
        <source>Where Hugging Face&apos;s files come from, such as a mirror; empty for HF_ENDPOINT, else huggingface.co.</source>
        <translation>Woher die Dateien von Hugging Face kommen, etwa von einem Spiegel; leer für HF_ENDPOINT, sonst huggingface.co.</translation>
    </message>
    <message>
        <source>Civitai address</source>
        <translation>Adresse von Civitai</translation>
    </message>
    <message>
        <source>Where Civitai&apos;s files come from, such as a mirror; empty for civitai.com.</source>
        <translation>Woher die Dateien von Civitai kommen, etwa von einem Spiegel; leer für civitai.com.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>History days</source>
        <translation>Tage im Verlauf</translation>
    </message>
    <message>
        <source>For how many days the history of what has ended is kept; 0 for ever.</source>
        <translation>Für wie viele Tage der Verlauf des Beendeten bleibt; 0 für immer.</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>History limit</source>
        <translation>Grenze des Verlaufs</translation>
    </message>
    <message>
        <source>Size of the store in MB above which the oldest history goes sooner; 0 for any size.</source>
        <translation>Größe des Speichers in MB, ab der der älteste Verlauf früher geht; 0 für jede Größe.</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Weiteres</translation>
    </message>
    <message>
        <source>Supervise functions</source>
        <translation>Funktionen überwachen</translation>
    </message>
    <message>
        <source>Whether functions are supervised at all; false lets every call pass straight through.</source>
        <translation>Ob Funktionen überhaupt überwacht werden; sonst geht jeder Aufruf geradewegs durch.</translation>
    </message>
    <message>
        <source>Record supervised calls</source>
        <translation>Überwachte Aufrufe aufzeichnen</translation>
    </message>
    <message>
        <source>Whether supervised functions record their calls; false leaves their stores alone.</source>
        <translation>Ob überwachte Funktionen ihre Aufrufe aufzeichnen; sonst bleiben ihre Speicher unberührt.</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>{time} so far</source>
        <translation>bisher {time}</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>kB</source>
        <translation>kB</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>TB</source>
        <translation>TB</translation>
    </message>
    <message>
        <source>PB</source>
        <translation>PB</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>In der Schlange</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting to retry</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>{count} queued</source>
        <translation>{count} in der Schlange</translation>
    </message>
    <message>
        <source>{count} running</source>
        <translation>{count} in Arbeit</translation>
    </message>
    <message>
        <source>{count} waiting to retry</source>
        <translation>{count} warten</translation>
    </message>
    <message>
        <source>{count} paused</source>
        <translation>{count} angehalten</translation>
    </message>
    <message>
        <source>{count} interrupted</source>
        <translation>{count} unterbrochen</translation>
    </message>
    <message>
        <source>{count} cancelled</source>
        <translation>{count} abgebrochen</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} gescheitert</translation>
    </message>
    <message>
        <source>{count} completed</source>
        <translation>{count} fertig</translation>
    </message>
    <message>
        <source>Resuming…</source>
        <translation>Wird fortgesetzt…</translation>
    </message>
    <message>
        <source>asked to resume, not answered yet</source>
        <translation>Fortsetzen verlangt, noch nicht beantwortet</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>asked to pause, not answered yet</source>
        <translation>Anhalten verlangt, noch nicht beantwortet</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>asked to cancel, not answered yet</source>
        <translation>Abbrechen verlangt, noch nicht beantwortet</translation>
    </message>
    <message>
        <source>Retrying…</source>
        <translation>Wird versucht…</translation>
    </message>
    <message>
        <source>asked to retry now, not answered yet</source>
        <translation>sofortiger Versuch verlangt, noch nicht beantwortet</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt…</translation>
    </message>
    <message>
        <source>asked to remove, not answered yet</source>
        <translation>Entfernen verlangt, noch nicht beantwortet</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>Gelungen</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>Verbindet</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Lädt</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Prüft</translation>
    </message>
    <message>
        <source>Installing</source>
        <translation>Legt ab</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>B</source>
        <comment>bytes</comment>
        <translation>B</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>over 99 d</source>
        <translation>über 99 d</translation>
    </message>
    <message>
        <source>&lt; 1 s</source>
        <translation>&lt; 1 s</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} s</translation>
    </message>
    <message>
        <source>{min} min {s} s</source>
        <translation>{min} min {s} s</translation>
    </message>
    <message>
        <source>{h} h {min} min</source>
        <translation>{h} h {min} min</translation>
    </message>
    <message>
        <source>{d} d {h} h</source>
        <translation>{d} d {h} h</translation>
    </message>
    <message>
        <source>{number} of {limit}</source>
        <translation>{number} von {limit}</translation>
    </message>
    <message>
        <source>No attempt has been made yet.</source>
        <translation>Noch gab es keinen Versuch.</translation>
    </message>
    <message>
        <source>This is attempt {number}. If nothing new arrives, attempt {limit} is the last; whatever does arrive allows more.</source>
        <translation>Das ist Versuch {number}. Kommt nichts Neues an, ist Versuch {limit} der letzte; alles, was ankommt, erlaubt weitere.</translation>
    </message>
    <message>
        <source>{figure} %</source>
        <translation>{figure} %</translation>
    </message>
    <message>
        <source>the program was ended</source>
        <translation>das Programm wurde beendet</translation>
    </message>
    <message>
        <source>installed in {folder}</source>
        <translation>abgelegt in {folder}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>waiting its turn</source>
        <translation>wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>der Server</translation>
    </message>
    <message>
        <source>waiting for {host} to answer</source>
        <translation>wartet auf Antwort: {host}</translation>
    </message>
    <message>
        <source>verify, then install</source>
        <translation>prüfen, dann ablegen</translation>
    </message>
    <message>
        <source>install</source>
        <translation>ablegen</translation>
    </message>
    <message>
        <source>install if the SHA-256 is right</source>
        <translation>ablegen, wenn die SHA-256 stimmt</translation>
    </message>
    <message>
        <source>done in a moment</source>
        <translation>gleich fertig</translation>
    </message>
    <message>
        <source>retrying now</source>
        <translation>neuer Versuch jetzt</translation>
    </message>
    <message>
        <source>retrying in {time}</source>
        <translation>neuer Versuch in {time}</translation>
    </message>
    <message>
        <source>no reason was recorded</source>
        <translation>es wurde kein Grund aufgezeichnet</translation>
    </message>
    <message>
        <source>Resume starts it</source>
        <translation>„Fortsetzen“ beginnt es</translation>
    </message>
    <message>
        <source>Resume goes on from {size}</source>
        <translation>„Fortsetzen“ macht bei {size} weiter</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemandem</translation>
    </message>
    <message>
        <source>{program}, process {number}</source>
        <translation>{program}, Prozess {number}</translation>
    </message>
    <message>
        <source>{who}; slow: not heard of for {silence}, counts as gone in {left}</source>
        <translation>{who}; langsam: seit {silence} nichts gehört, gilt in {left} als verschwunden</translation>
    </message>
    <message>
        <source>{who}; slow: not heard of for {silence}, counts as gone</source>
        <translation>{who}; langsam: seit {silence} nichts gehört, gilt als verschwunden</translation>
    </message>
    <message>
        <source>{name}: {button} was refused. {why}.</source>
        <translation>{name}: „{button}“ wurde abgelehnt. {why}.</translation>
    </message>
    <message numerus="yes">
        <source>It took %n attempt(s).</source>
        <translation>
            <numerusform>Es brauchte %n Versuch.</numerusform>
            <numerusform>Es brauchte %n Versuche.</numerusform>
        </translation>
    </message>
</context>
</TS>
