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
        <source>Downloads large models reliably, even through dropped connections, restarts and power cuts.</source>
        <translation>Lädt große Modelle zuverlässig herunter, auch bei Verbindungsabbrüchen, Neustarts und Stromausfällen.</translation>
    </message>
    <message>
        <source>MIT licence. Built with:</source>
        <translation>MIT-Lizenz. Verwendet:</translation>
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
    <name>AccountRow</name>
    <message>
        <source>Asking the keyring…</source>
        <translation>Der Schlüsselbund wird gefragt…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Get a token</source>
        <translation>Token besorgen</translation>
    </message>
    <message>
        <source>Paste another token</source>
        <translation>Anderes Token einfügen</translation>
    </message>
    <message>
        <source>Paste a token</source>
        <translation>Token einfügen</translation>
    </message>
    <message>
        <source>Set by {name} (environment variable).</source>
        <translation>Festgelegt durch {name} (Umgebungsvariable).</translation>
    </message>
    <message>
        <source>Token saved in the system&apos;s keyring.</source>
        <translation>Token im Schlüsselbund des Systems gespeichert.</translation>
    </message>
    <message>
        <source>Token from a link, used until you quit.</source>
        <translation>Token aus einem Link, wird bis zum Beenden verwendet.</translation>
    </message>
    <message>
        <source>Token used until you quit; it could not be saved in the system&apos;s keyring: {why}.</source>
        <translation>Token wird bis zum Beenden verwendet; im Schlüsselbund konnte es nicht gespeichert werden: {why}.</translation>
    </message>
    <message>
        <source>No token saved: {why}. A token will be forgotten when you quit.</source>
        <translation>Kein Token gespeichert: {why}. Ein Token wird beim Beenden vergessen.</translation>
    </message>
    <message>
        <source>No token. Public files do not need one.</source>
        <translation>Kein Token. Öffentliche Dateien brauchen keines.</translation>
    </message>
    <message>
        <source>Asking {site}…</source>
        <translation>{site} wird gefragt…</translation>
    </message>
    <message>
        <source>Token for {site}</source>
        <translation>Token für {site}</translation>
    </message>
    <message>
        <source>Saved in the system&apos;s keyring and never shown</source>
        <translation>Im Schlüsselbund des Systems gespeichert und nie angezeigt</translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>Tokens are saved in the system&apos;s keyring and sent only to their own site.</source>
        <translation>Token werden im Schlüsselbund des Systems gespeichert und nur an die jeweilige Website gesendet.</translation>
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
        <source>Add the copied link</source>
        <translation>Den kopierten Link hinzufügen</translation>
    </message>
    <message>
        <source>Open the file&apos;s folder</source>
        <translation>Den Ordner der Datei öffnen</translation>
    </message>
    <message>
        <source>Automatically resume downloads after a restart</source>
        <translation>Downloads nach einem Neustart automatisch fortsetzen</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Quit; downloads resume next time</source>
        <translation>Beenden; Downloads werden beim nächsten Start fortgesetzt</translation>
    </message>
    <message>
        <source>Copy the links of the selected downloads</source>
        <translation>Links der ausgewählten Downloads kopieren</translation>
    </message>
    <message>
        <source>Filter the list</source>
        <translation>Die Liste filtern</translation>
    </message>
    <message>
        <source>Pause or resume</source>
        <translation>Pausieren oder fortsetzen</translation>
    </message>
    <message>
        <source>Resume from where it stopped</source>
        <translation>An der letzten Stelle fortsetzen</translation>
    </message>
    <message>
        <source>Stop for now (partial data is kept)</source>
        <translation>Vorerst anhalten (Teildaten bleiben erhalten)</translation>
    </message>
    <message>
        <source>Stop this download (partial data is kept)</source>
        <translation>Diesen Download abbrechen (Teildaten bleiben erhalten)</translation>
    </message>
    <message>
        <source>Retry immediately</source>
        <translation>Sofort erneut versuchen</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste entfernen</translation>
    </message>
    <message>
        <source>Move to &amp;top</source>
        <translation>Ganz nach &amp;oben</translation>
    </message>
    <message>
        <source>Move to top of queue</source>
        <translation>An den Anfang der Warteschlange</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach o&amp;ben</translation>
    </message>
    <message>
        <source>Move up in the queue</source>
        <translation>In der Warteschlange nach oben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Move down in the queue</source>
        <translation>In der Warteschlange nach unten</translation>
    </message>
    <message>
        <source>Move to &amp;bottom</source>
        <translation>&amp;Ganz nach unten</translation>
    </message>
    <message>
        <source>Move to bottom of queue</source>
        <translation>An das Ende der Warteschlange</translation>
    </message>
    <message>
        <source>Before normal priority</source>
        <translation>Vor normaler Priorität</translation>
    </message>
    <message>
        <source>The default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>After normal priority</source>
        <translation>Nach normaler Priorität</translation>
    </message>
    <message>
        <source>&amp;Needs attention</source>
        <translation>&amp;Handlungsbedarf</translation>
    </message>
    <message>
        <source>Go to the next item that needs attention</source>
        <translation>Zum nächsten Eintrag mit Handlungsbedarf</translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>Liste anzeigen</translation>
    </message>
    <message>
        <source>Show attempts over time</source>
        <translation>Versuche im Zeitverlauf anzeigen</translation>
    </message>
    <message>
        <source>Show servers and their failures</source>
        <translation>Server und ihre Fehler anzeigen</translation>
    </message>
    <message>
        <source>Show every attempt of the selected download</source>
        <translation>Alle Versuche des ausgewählten Downloads anzeigen</translation>
    </message>
    <message>
        <source>Show the event log</source>
        <translation>Ereignisprotokoll anzeigen</translation>
    </message>
    <message>
        <source>Show download speed</source>
        <translation>Downloadgeschwindigkeit anzeigen</translation>
    </message>
    <message>
        <source>Show all shortcuts</source>
        <translation>Alle Tastenkürzel anzeigen</translation>
    </message>
    <message>
        <source>About this program</source>
        <translation>Über dieses Programm</translation>
    </message>
    <message>
        <source>&amp;Open folder</source>
        <translation>&amp;Ordner öffnen</translation>
    </message>
    <message>
        <source>Resume &amp;interrupted downloads at start</source>
        <translation>&amp;Unterbrochene Downloads beim Start fortsetzen</translation>
    </message>
    <message>
        <source>Se&amp;ttings…</source>
        <translation>E&amp;instellungen…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Copy &amp;link</source>
        <translation>Link &amp;kopieren</translation>
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
        <source>Pa&amp;use or resume</source>
        <translation>Anhalten oder fort&amp;setzen</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Retry &amp;now</source>
        <translation>Jetzt &amp;versuchen</translation>
    </message>
    <message>
        <source>Re&amp;move…</source>
        <translation>&amp;Entfernen…</translation>
    </message>
    <message>
        <source>&amp;High priority</source>
        <translation>Hohe&amp;r Vorrang</translation>
    </message>
    <message>
        <source>&amp;Normal priority</source>
        <translation>&amp;Normaler Vorrang</translation>
    </message>
    <message>
        <source>&amp;Low priority</source>
        <translation>N&amp;iedriger Vorrang</translation>
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
        <source>&amp;Timeline</source>
        <translation>&amp;Zeitverlauf</translation>
    </message>
    <message>
        <source>&amp;Hosts</source>
        <translation>&amp;Server</translation>
    </message>
    <message>
        <source>&amp;Attempts</source>
        <translation>&amp;Versuche</translation>
    </message>
    <message>
        <source>L&amp;og</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>&amp;Speed</source>
        <translation>&amp;Geschwindigkeit</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>Ü&amp;ber das Programm</translation>
    </message>
</context>
<context>
    <name>AddDialog</name>
    <message>
        <source>Add download</source>
        <translation>Download hinzufügen</translation>
    </message>
    <message>
        <source>One link per line: https://…  [SHA-256]  [file name]</source>
        <translation>Ein Link pro Zeile: https://…  [SHA-256]  [Dateiname]</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Folder for the files</source>
        <translation>Ordner für die Dateien</translation>
    </message>
    <message>
        <source>File name (optional)</source>
        <translation>Dateiname (freiwillig)</translation>
    </message>
    <message>
        <source>SHA-256 (optional)</source>
        <translation>SHA-256 (freiwillig)</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Links</translation>
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
        <source>Scroll the form</source>
        <translation>Durch das Formular blättern</translation>
    </message>
    <message>
        <source>Paste {count} links from the clipboard</source>
        <translation>{count} Links aus der Zwischenablage einfügen</translation>
    </message>
    <message>
        <source>Paste the link from the clipboard</source>
        <translation>Link aus der Zwischenablage einfügen</translation>
    </message>
    <message>
        <source>Same as in the link</source>
        <translation>Wie im Link</translation>
    </message>
    <message>
        <source>Checked after download; or blake3:…</source>
        <translation>Wird nach dem Download geprüft; oder blake3:…</translation>
    </message>
    <message>
        <source>Load from file…</source>
        <translation>Aus Datei laden…</translation>
    </message>
    <message>
        <source>{added} added. The rest could not be added; see below.</source>
        <translation>{added} hinzugefügt. Der Rest konnte nicht hinzugefügt werden, siehe unten.</translation>
    </message>
    <message>
        <source>Nothing could be added; see below.</source>
        <translation>Nichts konnte hinzugefügt werden, siehe unten.</translation>
    </message>
    <message>
        <source>{count} lines are not valid links.</source>
        <translation>{count} Zeilen sind keine gültigen Links.</translation>
    </message>
    <message>
        <source>One line is not a valid link.</source>
        <translation>Eine Zeile ist kein gültiger Link.</translation>
    </message>
    <message>
        <source>Totals: {words}</source>
        <translation>Summen: {words}</translation>
    </message>
    <message>
        <source>Use ComfyUI&apos;s folder: {folder}</source>
        <translation>Ordner von ComfyUI nehmen: {folder}</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>Wird hinzugefügt…</translation>
    </message>
    <message>
        <source>Add {count} downloads</source>
        <translation>{count} Downloads hinzufügen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>Choose a list of links</source>
        <translation>Eine Liste von Links wählen</translation>
    </message>
    <message>
        <source>Lists (*.txt *.lst *.list);;All files (*)</source>
        <translation>Listen (*.txt *.lst *.list);;Alle Dateien (*)</translation>
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
    <name>AttentionBar</name>
    <message>
        <source>Needs attention</source>
        <translation>Handlungsbedarf</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Hide until something changes</source>
        <translation>Ausblenden, bis sich etwas ändert</translation>
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
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Running in</source>
        <translation>Läuft in</translation>
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
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Error details</source>
        <translation>Fehlerdetails</translation>
    </message>
    <message>
        <source>Error details of the attempt</source>
        <translation>Fehlerdetails des Versuchs</translation>
    </message>
    <message>
        <source>Select a download to see its attempts and why each one ended.</source>
        <translation>Wählen Sie einen Download aus, um seine Versuche zu sehen und warum sie endeten.</translation>
    </message>
    <message>
        <source>Scroll the details</source>
        <translation>Details scrollen</translation>
    </message>
</context>
<context>
    <name>DiscardQuestion</name>
    <message>
        <source>Discard and start over</source>
        <translation>Verwerfen und neu beginnen</translation>
    </message>
    <message>
        <source>Discard the partial data of {count} downloads?</source>
        <translation>Teildaten von {count} Downloads verwerfen?</translation>
    </message>
    <message>
        <source>Discard the partial data of {name}?</source>
        <translation>Teildaten von {name} verwerfen?</translation>
    </message>
    <message>
        <source>The file will be downloaded again from the beginning.</source>
        <translation>Die Datei wird dann von Anfang an neu heruntergeladen.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Discard {size} and start over</source>
        <translation>{size} verwerfen und neu beginnen</translation>
    </message>
</context>
<context>
    <name>DraftTableModel</name>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Resumes</source>
        <translation>Fortsetzbar</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>DraftView</name>
    <message>
        <source>Files to add</source>
        <translation>Hinzuzufügende Dateien</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Drop a link here</source>
        <translation>Link hier ablegen</translation>
    </message>
    <message>
        <source>Or copy one and press Ctrl+V anywhere in this window</source>
        <translation>Oder kopieren Sie einen und drücken Sie Strg+V in diesem Fenster</translation>
    </message>
    <message>
        <source>Downloads continue where they stopped, even after a crash.</source>
        <translation>Downloads werden auch nach einem Absturz fortgesetzt.</translation>
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
    <name>ExternalStepDialog</name>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
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
    <message>
        <source>{count} older finished downloads are not listed</source>
        <translation>{count} ältere abgeschlossene Downloads werden nicht angezeigt</translation>
    </message>
    <message numerus="yes">
        <source>Resume %n failed from {host}</source>
        <translation>
            <numerusform>%n Fehler von {host} fortsetzen</numerusform>
            <numerusform>%n Fehler von {host} fortsetzen</numerusform>
        </translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message numerus="yes">
        <source>Resume %n failed</source>
        <translation>
            <numerusform>%n Fehler fortsetzen</numerusform>
            <numerusform>%n Fehler fortsetzen</numerusform>
        </translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Alle Zustände</translation>
    </message>
    <message>
        <source>Waiting to retry</source>
        <translation>Warten auf Versuch</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>Fixes</name>
    <message>
        <source>Free now: {size}</source>
        <translation>Jetzt frei: {size}</translation>
    </message>
    <message>
        <source>Paste a link that contains the token or password. It is used once and never stored.</source>
        <translation>Fügen Sie einen Link mit Token oder Passwort ein. Er wird einmal verwendet und nie gespeichert.</translation>
    </message>
    <message>
        <source>Paste it here. It is saved in the system&apos;s keyring and sent only to {site}.</source>
        <translation>Hier einfügen. Es wird im Schlüsselbund des Systems gespeichert und nur an {site} gesendet.</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Use this token</source>
        <translation>Dieses Token benutzen</translation>
    </message>
    <message>
        <source>Get a token</source>
        <translation>Token besorgen</translation>
    </message>
    <message>
        <source>Open the model&apos;s page</source>
        <translation>Seite des Modells öffnen</translation>
    </message>
    <message>
        <source>Paste a link to the same file.</source>
        <translation>Fügen Sie einen Link zur selben Datei ein.</translation>
    </message>
    <message>
        <source>If it is the same file, the download continues from where it stopped.</source>
        <translation>Wenn es dieselbe Datei ist, wird der Download fortgesetzt.</translation>
    </message>
    <message>
        <source>Use this link</source>
        <translation>Diesen Link verwenden</translation>
    </message>
    <message>
        <source>The partial file moves along if its present folder can be reached.</source>
        <translation>Die Teildatei wird mit verschoben, wenn ihr bisheriger Ordner erreichbar ist.</translation>
    </message>
    <message>
        <source>Move here</source>
        <translation>Hierhin verschieben</translation>
    </message>
    <message>
        <source>The partial data is kept under the new name. The other file is not changed.</source>
        <translation>Die Teildaten bleiben unter dem neuen Namen erhalten. Die andere Datei wird nicht verändert.</translation>
    </message>
    <message>
        <source>The folder is open. Free some space on its disk, then retry.</source>
        <translation>Der Ordner ist geöffnet. Geben Sie Speicherplatz frei und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>I&apos;ve accepted it: retry</source>
        <translation>Akzeptiert – erneut versuchen</translation>
    </message>
    <message>
        <source>The link is open in your browser. Sign in there if asked, then retry.</source>
        <translation>Der Link ist im Browser geöffnet. Melden Sie sich dort gegebenenfalls an und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Certificates are valid between two dates, so a wrong clock makes valid ones look invalid. If the clock is right, the certificate has expired or someone may be intercepting the connection.</source>
        <translation>Zertifikate gelten nur in einem bestimmten Zeitraum; bei falscher Uhr wirken gültige Zertifikate ungültig. Wenn die Uhr stimmt, ist das Zertifikat abgelaufen oder die Verbindung wird möglicherweise abgefangen.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock: {now}</source>
        <translation>Uhr dieses Computers: {now}</translation>
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
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>Use this name</source>
        <translation>Diesen Namen nehmen</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Anderen Ordner wählen…</translation>
    </message>
    <message>
        <source>Needed: {size}</source>
        <translation>Gebraucht: {size}</translation>
    </message>
    <message>
        <source>The page is open in your browser: {page}</source>
        <translation>Die Seite ist in Ihrem Browser offen: {page}</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Noch einmal öffnen</translation>
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
        <source>Waiting</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Next retry</source>
        <translation>Nächster Versuch</translation>
    </message>
    <message>
        <source>Recent failures</source>
        <translation>Letzte Fehler</translation>
    </message>
    <message>
        <source>Last 6 h</source>
        <translation>Letzte 6 h</translation>
    </message>
    <message>
        <source>Last failure</source>
        <translation>Letzter Fehler</translation>
    </message>
</context>
<context>
    <name>HostsView</name>
    <message>
        <source>Try one waiting download now</source>
        <translation>Einen wartenden Download jetzt versuchen</translation>
    </message>
    <message>
        <source>&amp;Try one now</source>
        <translation>&amp;Jetzt versuchen</translation>
    </message>
    <message>
        <source>&amp;Clear failures</source>
        <translation>&amp;Zurücksetzen</translation>
    </message>
    <message>
        <source>Forget past failures and retry now</source>
        <translation>Bisherige Fehler vergessen und jetzt erneut versuchen</translation>
    </message>
    <message>
        <source>&amp;Pause host</source>
        <translation>&amp;Pausieren</translation>
    </message>
    <message>
        <source>Stop all downloads from this host until you resume it</source>
        <translation>Alle Downloads von diesem Host anhalten, bis Sie ihn fortsetzen</translation>
    </message>
    <message>
        <source>R&amp;esume host</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>Allow downloads from this host again</source>
        <translation>Downloads von diesem Host wieder zulassen</translation>
    </message>
    <message>
        <source>Hosts</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Downloads waiting for the host</source>
        <translation>Downloads, die auf den Host warten</translation>
    </message>
    <message>
        <source>Hosts appear here with their first download.

A host that fails several times in a row is paused for a while so that it can recover. Here you see what is waiting and until when, and you can retry or clear the failures.
You can also pause a host yourself, for example to save bandwidth.</source>
        <translation>Hosts erscheinen hier mit ihrem ersten Download.

Ein Host, der mehrmals hintereinander fehlschlägt, wird eine Zeit lang pausiert, damit er sich erholen kann. Hier sehen Sie, was wartet und bis wann, und können es erneut versuchen oder die Fehler zurücksetzen.
Sie können einen Host auch selbst pausieren, zum Beispiel um Bandbreite zu sparen.</translation>
    </message>
    <message>
        <source>No downloads are waiting.</source>
        <translation>Keine wartenden Downloads.</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartend</numerusform>
            <numerusform>%n wartend</numerusform>
        </translation>
    </message>
    <message>
        <source>Scroll the host</source>
        <translation>Durch den Server blättern</translation>
    </message>
</context>
<context>
    <name>InputDialog</name>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>One moment…</source>
        <translation>Einen Augenblick…</translation>
    </message>
</context>
<context>
    <name>LogTableModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
</context>
<context>
    <name>LogView</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the selected lines, or all</source>
        <translation>Ausgewählte oder alle Zeilen kopieren</translation>
    </message>
    <message>
        <source>Events of all downloads. Select one to see only its own.</source>
        <translation>Ereignisse aller Downloads. Wählen Sie einen aus, um nur seine zu sehen.</translation>
    </message>
    <message>
        <source>Events for the selected downloads</source>
        <translation>Ereignisse der ausgewählten Downloads</translation>
    </message>
</context>
<context>
    <name>LowerPane</name>
    <message>
        <source>Details of the selection</source>
        <translation>Details zur Auswahl</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>ComfyUI Launcher Recovery Monitor</source>
        <translation>ComfyUI Launcher Recovery Monitor</translation>
    </message>
    <message>
        <source>The download database is in use by another program.</source>
        <translation>Die Download-Datenbank wird von einem anderen Programm verwendet.</translation>
    </message>
    <message>
        <source>Downloads continue; changes are saved when it is free.</source>
        <translation>Downloads laufen weiter; Änderungen werden gespeichert, sobald sie frei ist.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gesichert…</translation>
    </message>
    <message>
        <source>Totals: {words}</source>
        <translation>Summen: {words}</translation>
    </message>
    <message>
        <source>No link found in the clipboard.</source>
        <translation>Kein Link in der Zwischenablage gefunden.</translation>
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
        <translation>Sp&amp;alten</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
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
        <source>Next step</source>
        <translation>Nächster Schritt</translation>
    </message>
    <message>
        <source>Queue position. Sort by this column to drag rows.</source>
        <translation>Position in der Warteschlange. Sortieren Sie nach dieser Spalte, um Zeilen zu ziehen.</translation>
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
        <source>Queue</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>, {count} steps, folded</source>
        <translation>, {count} Schritte, eingeklappt</translation>
    </message>
    <message>
        <source>, {count} steps</source>
        <translation>, {count} Schritte</translation>
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
    <name>QueueMenu</name>
    <message>
        <source>&amp;Queue</source>
        <translation>Wa&amp;rteschlange</translation>
    </message>
    <message>
        <source>Change queue order</source>
        <translation>Reihenfolge ändern</translation>
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
        <source>Progress is saved. Downloads continue the next time you open the program.</source>
        <translation>Der Fortschritt ist gespeichert. Downloads werden beim nächsten Öffnen des Programms fortgesetzt.</translation>
    </message>
    <message>
        <source>Progress is saved. Use Resume to continue.</source>
        <translation>Der Fortschritt ist gespeichert. Mit „Fortsetzen“ geht es weiter.</translation>
    </message>
    <message>
        <source>Don&apos;t quit</source>
        <translation>Nicht beenden</translation>
    </message>
    <message>
        <source>Do not ask again</source>
        <translation>Nicht mehr fragen</translation>
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
        <source>Finished files are not deleted.</source>
        <translation>Fertige Dateien werden nicht gelöscht.</translation>
    </message>
    <message>
        <source>Also delete {size} of partial data</source>
        <translation>Auch {size} Teildaten löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>SchedulePicture</name>
    <message>
        <source>Failures are not retried.</source>
        <translation>Fehler werden nicht wiederholt.</translation>
    </message>
    <message>
        <source>Longest waits after each failure: {waits}</source>
        <translation>Längste Wartezeiten nach jedem Fehler: {waits}</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Browse for a folder</source>
        <translation>Einen Ordner suchen</translation>
    </message>
    <message>
        <source>Set by {name} (environment variable).</source>
        <translation>Festgelegt durch {name} (Umgebungsvariable).</translation>
    </message>
    <message>
        <source>Reset to the default ({value})</source>
        <translation>Auf Standard zurücksetzen ({value})</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>No matching settings.</source>
        <translation>Keine passenden Einstellungen.</translation>
    </message>
    <message>
        <source>Longest pause after each failure in a row. The hatched part is random.</source>
        <translation>Längste Pause nach jedem Fehler in Folge. Der schraffierte Teil ist zufällig.</translation>
    </message>
    <message>
        <source>Save these settings to a file, without passwords and tokens</source>
        <translation>Diese Einstellungen in einer Datei speichern, ohne Passwörter und Token</translation>
    </message>
    <message>
        <source>Load all settings from a file</source>
        <translation>Alle Einstellungen aus einer Datei laden</translation>
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
    <message>
        <source>Export settings</source>
        <translation>Einstellungen exportieren</translation>
    </message>
    <message>
        <source>Import settings</source>
        <translation>Einstellungen importieren</translation>
    </message>
    <message>
        <source>Settings (*.json)</source>
        <translation>Einstellungen (*.json)</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>In the add dialog, Ctrl+Enter adds.</source>
        <translation>Im Dialog zum Hinzufügen fügt Strg+Eingabe hinzu.</translation>
    </message>
    <message>
        <source>Scroll the shortcuts</source>
        <translation>Durch die Tastenkürzel blättern</translation>
    </message>
</context>
<context>
    <name>SpeedView</name>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>Recent download speed</source>
        <translation>Geschwindigkeit der letzten Minuten</translation>
    </message>
    <message>
        <source>Speed over the last 5 minutes will appear here.</source>
        <translation>Hier erscheint die Geschwindigkeit der letzten 5 Minuten.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Grenze</translation>
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
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>your action</source>
        <translation>Ihre Aktion</translation>
    </message>
    <message>
        <source>resumed by another program</source>
        <translation>von anderem Programm fortgesetzt</translation>
    </message>
    <message>
        <source>host paused</source>
        <translation>Host pausiert</translation>
    </message>
    <message>
        <source>paused by you</source>
        <translation>von Ihnen pausiert</translation>
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
        <source>Key: {words}</source>
        <translation>Legende: {words}</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Attempts, waits and pauses appear here when a download starts.</source>
        <translation>Versuche, Wartezeiten und Pausen erscheinen hier, sobald ein Download startet.</translation>
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
        <source>Show all attempts (Home)</source>
        <translation>Alle Versuche anzeigen (Pos1)</translation>
    </message>
    <message>
        <source>Keep the present in view (End)</source>
        <translation>Mit der Zeit mitlaufen (Ende)</translation>
    </message>
    <message>
        <source>Follow now</source>
        <translation>Mitlaufen</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show the window</source>
        <translation>Fenster zeigen</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alles anhalten</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Alles fortsetzen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} fehlgeschlagen</translation>
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
        <source>Views</source>
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
    <name>accounts</name>
    <message>
        <source>The token for {site} is used until you quit.</source>
        <translation>Das Token für {site} wird bis zum Beenden verwendet.</translation>
    </message>
    <message>
        <source>It could not be saved in the system&apos;s keyring: {why}. To keep it for the next start, set the environment variable {variable}.</source>
        <translation>Es konnte nicht im Schlüsselbund des Systems gespeichert werden: {why}. Setzen Sie die Umgebungsvariable {variable}, um es beim nächsten Start wieder zu verwenden.</translation>
    </message>
    <message>
        <source>Settings saved to {name}, without passwords and tokens.</source>
        <translation>Einstellungen in {name} gespeichert, ohne Passwörter und Token.</translation>
    </message>
    <message>
        <source>The file could not be opened: {why}. Choose another one.</source>
        <translation>Die Datei ließ sich nicht öffnen: {why}. Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%n of them are set by environment variables on this computer.</source>
        <translation>
            <numerusform>%n davon werden auf diesem Computer durch Umgebungsvariablen festgelegt.</numerusform>
            <numerusform>%n davon werden auf diesem Computer durch Umgebungsvariablen festgelegt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) loaded from {name}.</source>
        <translation>
            <numerusform>%n Einstellungen aus {name} geladen.</numerusform>
            <numerusform>%n Einstellungen aus {name} geladen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>adding</name>
    <message>
        <source>{count} of these files: {warning}</source>
        <translation>{count} dieser Dateien: {warning}</translation>
    </message>
    <message>
        <source>{name} is not a list of links: {why}.</source>
        <translation>{name} ist keine Linkliste: {why}.</translation>
    </message>
    <message>
        <source>It could not be added: {error}. See the terminal for details.</source>
        <translation>Konnte nicht hinzugefügt werden: {error}. Einzelheiten im Terminal.</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>This setting is set by {name} (environment variable).</source>
        <translation>Diese Einstellung wird durch {name} (Umgebungsvariable) festgelegt.</translation>
    </message>
</context>
<context>
    <name>attention</name>
    <message>
        <source>Resume host</source>
        <translation>Host fortsetzen</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Alles fortsetzen</translation>
    </message>
    <message>
        <source>You paused {scope}</source>
        <translation>Sie haben {scope} pausiert</translation>
    </message>
    <message>
        <source>Auto-resume is off. Progress is saved.</source>
        <translation>Automatisches Fortsetzen ist aus. Der Fortschritt ist gespeichert.</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>{name} was interrupted</source>
        <translation>{name} wurde unterbrochen</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) were interrupted</source>
        <translation>
            <numerusform>%n Download wurde unterbrochen</numerusform>
            <numerusform>%n Downloads wurden unterbrochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) waiting until you resume the host.</source>
        <translation>
            <numerusform>%n Downloads warten, bis Sie den Host fortsetzen.</numerusform>
            <numerusform>%n Downloads warten, bis Sie den Host fortsetzen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s): {why}</source>
        <translation>
            <numerusform>%n Download: {why}</numerusform>
            <numerusform>%n Downloads: {why}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>drafts</name>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt…</translation>
    </message>
    <message>
        <source>More than {most} links. Add them in parts.</source>
        <translation>Mehr als {most} Links. Fügen Sie sie in Teilen hinzu.</translation>
    </message>
    <message>
        <source>Not complete yet.</source>
        <translation>Noch nicht vollständig.</translation>
    </message>
    <message>
        <source>Already in the list; will be resumed.</source>
        <translation>Bereits in der Liste; wird fortgesetzt.</translation>
    </message>
    <message>
        <source>Another download is saving to this file. Choose another name.</source>
        <translation>Ein anderer Download speichert in diese Datei. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Already in this folder.</source>
        <translation>Bereits in diesem Ordner.</translation>
    </message>
    <message>
        <source>{problem} You can still add it.</source>
        <translation>{problem} Sie können ihn trotzdem hinzufügen.</translation>
    </message>
    <message>
        <source>SHA-256 known</source>
        <translation>SHA-256 bekannt</translation>
    </message>
    <message>
        <source>{size} and {count} of unknown size</source>
        <translation>{size} und {count} von unbekannter Größe</translation>
    </message>
    <message>
        <source>size unknown</source>
        <translation>Größe unbekannt</translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>{size} frei</translation>
    </message>
    <message>
        <source>{size} free: not enough space</source>
        <translation>{size} frei: nicht genug Platz</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n Datei</numerusform>
            <numerusform>%n Dateien</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>form</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>formatting</name>
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
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>{figure} %</source>
        <translation>{figure} %</translation>
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
</context>
<context>
    <name>hosts</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Paused after failures</source>
        <translation>Nach Fehlern pausiert</translation>
    </message>
    <message>
        <source>Testing</source>
        <translation>Wird getestet</translation>
    </message>
    <message>
        <source>Paused by you</source>
        <translation>Von Ihnen pausiert</translation>
    </message>
    <message>
        <source>{failed} of {ended} ({share} %)</source>
        <translation>{failed} von {ended} ({share} %)</translation>
    </message>
    <message>
        <source>{failed} of {ended} attempts failed in {time}</source>
        <translation>{failed} von {ended} Versuchen in {time} fehlgeschlagen</translation>
    </message>
    <message>
        <source>with the next download</source>
        <translation>mit dem nächsten Download</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>When you resume it</source>
        <translation>Wenn Sie ihn fortsetzen</translation>
    </message>
    <message>
        <source>Paused since {since} after {count} failed tests.</source>
        <translation>Pausiert seit {since} nach {count} fehlgeschlagenen Tests.</translation>
    </message>
    <message>
        <source>Paused since {since}.</source>
        <translation>Pausiert seit {since}.</translation>
    </message>
    <message>
        <source>Next retry: {when}.</source>
        <translation>Nächster Versuch: {when}.</translation>
    </message>
    <message>
        <source>Testing with one download.</source>
        <translation>Test mit einem Download.</translation>
    </message>
    <message>
        <source>Paused by you since {since}. Downloads from this host wait until you resume it.</source>
        <translation>Von Ihnen pausiert seit {since}. Downloads von diesem Host warten, bis Sie ihn fortsetzen.</translation>
    </message>
    <message>
        <source>Working normally.</source>
        <translation>Funktioniert normal.</translation>
    </message>
    <message>
        <source>Last failure: {error}.</source>
        <translation>Letzter Fehler: {error}.</translation>
    </message>
    <message>
        <source>in {time}</source>
        <translation>in {time}</translation>
    </message>
    <message numerus="yes">
        <source>Working, after %n failure(s) in a row.</source>
        <translation>
            <numerusform>Funktioniert, nach %n Fehlern in Folge.</numerusform>
            <numerusform>Funktioniert, nach %n Fehlern in Folge.</numerusform>
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
        <translation>Versuch {number} fehlgeschlagen</translation>
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
        <source>host OK again</source>
        <translation>Host wieder OK</translation>
    </message>
    <message>
        <source>host paused</source>
        <translation>Host pausiert</translation>
    </message>
    <message>
        <source>testing</source>
        <translation>wird getestet</translation>
    </message>
    <message>
        <source>paused by you</source>
        <translation>von Ihnen pausiert</translation>
    </message>
    <message>
        <source>no answer yet</source>
        <translation>noch keine Antwort</translation>
    </message>
    <message>
        <source>{button} ({who}): {answer}</source>
        <translation>{button} ({who}): {answer}</translation>
    </message>
    <message>
        <source>resumed by another program</source>
        <translation>von anderem Programm fortgesetzt</translation>
    </message>
</context>
<context>
    <name>log</name>
    <message>
        <source>Added</source>
        <translation>Hinzugefügt</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>Removed from the list</source>
        <translation>Aus der Liste entfernt</translation>
    </message>
    <message>
        <source>Moved in the queue</source>
        <translation>In der Warteschlange verschoben</translation>
    </message>
    <message>
        <source>Link or folder changed</source>
        <translation>Link oder Ordner geändert</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting</source>
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
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Attempt {number} started</source>
        <translation>Versuch {number} gestartet</translation>
    </message>
    <message>
        <source>Attempt {number} resumed at {size}</source>
        <translation>Versuch {number} bei {size} fortgesetzt</translation>
    </message>
    <message>
        <source>Attempt {number} succeeded</source>
        <translation>Versuch {number} erfolgreich</translation>
    </message>
    <message>
        <source>Attempt {number} failed</source>
        <translation>Versuch {number} fehlgeschlagen</translation>
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
        <source>You pressed {button}</source>
        <translation>Sie haben {button} gewählt</translation>
    </message>
    <message>
        <source>Answer: {answer}</source>
        <translation>Antwort: {answer}</translation>
    </message>
    <message>
        <source>Host OK again</source>
        <translation>Host wieder OK</translation>
    </message>
    <message>
        <source>Host paused after failures</source>
        <translation>Host nach Fehlern pausiert</translation>
    </message>
    <message>
        <source>Testing the host</source>
        <translation>Host wird getestet</translation>
    </message>
    <message>
        <source>Host paused by you</source>
        <translation>Host von Ihnen pausiert</translation>
    </message>
    <message>
        <source>Setting {field} changed from {before} to {after}</source>
        <translation>Einstellung {field} von {before} auf {after} geändert</translation>
    </message>
    <message>
        <source>Message delivered</source>
        <translation>Nachricht zugestellt</translation>
    </message>
    <message>
        <source>{what} ({who})</source>
        <translation>{what} ({who})</translation>
    </message>
</context>
<context>
    <name>messages</name>
    <message>
        <source>{text}</source>
        <translation>{text}</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>wartend</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waiting to retry</source>
        <translation>wartet auf neuen Versuch</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>paused by you</source>
        <translation>von Ihnen pausiert</translation>
    </message>
    <message>
        <source>cancelled by you. The partial file is kept until you remove the download</source>
        <translation>von Ihnen abgebrochen. Die Teildatei bleibt erhalten, bis Sie den Download entfernen</translation>
    </message>
    <message>
        <source>the program was closed</source>
        <translation>das Programm wurde geschlossen</translation>
    </message>
    <message>
        <source>progress is saved. Resume to continue</source>
        <translation>Fortschritt ist gespeichert. Mit „Fortsetzen“ geht es weiter</translation>
    </message>
    <message>
        <source>waiting; continues automatically</source>
        <translation>wartet; wird automatisch fortgesetzt</translation>
    </message>
    <message>
        <source>{cause}; continues automatically</source>
        <translation>{cause}; wird automatisch fortgesetzt</translation>
    </message>
    <message>
        <source>the {program} (process {pid}) has quit</source>
        <translation>{program} (Prozess {pid}) wurde beendet</translation>
    </message>
    <message>
        <source>the {program} (process {pid}) has not responded for {silence_s}</source>
        <translation>{program} (Prozess {pid}) reagiert seit {silence_s} nicht</translation>
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
        <source>{decision}: {cause}</source>
        <translation>{decision}: {cause}</translation>
    </message>
    <message>
        <source>{decision}. {remedy}</source>
        <translation>{decision}. {remedy}</translation>
    </message>
    <message>
        <source>not retried</source>
        <translation>nicht wiederholt</translation>
    </message>
    <message>
        <source>not tried: {cause}</source>
        <translation>nicht versucht: {cause}</translation>
    </message>
    <message>
        <source>retrying now</source>
        <translation>neuer Versuch jetzt</translation>
    </message>
    <message>
        <source>waiting {wait_s}, then attempt {number} of {limit}</source>
        <translation>wartet {wait_s}, dann Versuch {number} von {limit}</translation>
    </message>
    <message>
        <source>waiting for {lack}</source>
        <translation>wartet auf {lack}</translation>
    </message>
    <message>
        <source>the server asked for it</source>
        <translation>der Server hat darum gebeten</translation>
    </message>
    <message>
        <source>not retried: the server asked to wait {asked_s}, longer than the {most_s} allowed</source>
        <translation>nicht wiederholt: der Server verlangt {asked_s} Wartezeit, erlaubt sind {most_s}</translation>
    </message>
    <message>
        <source>gave up: waiting another {wait_s} would exceed the total time limit</source>
        <translation>aufgegeben: weitere {wait_s} Wartezeit würden das gesamte Zeitlimit überschreiten</translation>
    </message>
    <message>
        <source>not retried: {host} has been failing</source>
        <translation>nicht wiederholt: {host} liefert seit einiger Zeit Fehler</translation>
    </message>
    <message>
        <source>not retried: retries are set to 0</source>
        <translation>nicht erneut versucht: Wiederholungen sind auf 0 gesetzt</translation>
    </message>
    <message>
        <source>waiting: you paused {host}</source>
        <translation>wartet: Sie haben {host} pausiert</translation>
    </message>
    <message>
        <source>resumed by you</source>
        <translation>von Ihnen fortgesetzt</translation>
    </message>
    <message>
        <source>gave up: the task exceeded its hard time limit. Give the task a longer time_limit, then resume</source>
        <translation>aufgegeben: die Aufgabe hat ihr festes Zeitlimit überschritten. Erhöhen Sie time_limit und setzen Sie sie dann fort</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>the program that runs it has not answered yet</source>
        <translation>das ausführende Programm hat noch nicht geantwortet</translation>
    </message>
    <message>
        <source>done; ignores the schedule</source>
        <translation>fertig; ignoriert den Zeitplan</translation>
    </message>
    <message>
        <source>it has already finished</source>
        <translation>ist bereits abgeschlossen</translation>
    </message>
    <message>
        <source>it has already failed</source>
        <translation>ist bereits fehlgeschlagen</translation>
    </message>
    <message>
        <source>it is already {state}</source>
        <translation>ist bereits {state}</translation>
    </message>
    <message>
        <source>it no longer exists</source>
        <translation>existiert nicht mehr</translation>
    </message>
    <message>
        <source>it is a step of operation {operation}. Send the command to that one</source>
        <translation>ist ein Schritt von Vorgang {operation}. Senden Sie den Befehl an diesen</translation>
    </message>
    <message>
        <source>it is {state}</source>
        <translation>ist {state}</translation>
    </message>
    <message>
        <source>it can only be called again: {cause}</source>
        <translation>kann nur erneut aufgerufen werden: {cause}</translation>
    </message>
    <message>
        <source>it is already running</source>
        <translation>läuft bereits</translation>
    </message>
    <message>
        <source>it is running. Cancel it first</source>
        <translation>läuft. Brechen Sie zuerst ab</translation>
    </message>
    <message>
        <source>the partial data could not be deleted ({cause})</source>
        <translation>die Teildaten konnten nicht gelöscht werden ({cause})</translation>
    </message>
    <message>
        <source>{field} {value} {problem}. {remedy}.</source>
        <translation>{field} {value} {problem}. {remedy}.</translation>
    </message>
    <message>
        <source>The {field} {problem}. {remedy}.</source>
        <translation>{field} {problem}. {remedy}.</translation>
    </message>
    <message>
        <source>is not allowed</source>
        <translation>ist nicht erlaubt</translation>
    </message>
    <message>
        <source>cannot be called</source>
        <translation>kann nicht aufgerufen werden</translation>
    </message>
    <message>
        <source>is not an exception class</source>
        <translation>ist keine Ausnahmeklasse</translation>
    </message>
    <message>
        <source>contain no AsyncSession</source>
        <translation>enthalten keine AsyncSession</translation>
    </message>
    <message>
        <source>is in a transaction, which a failed attempt would roll back</source>
        <translation>ist in einer Transaktion, die ein fehlgeschlagener Versuch zurückrollen würde</translation>
    </message>
    <message>
        <source>calls to {scope} are paused until you resume them</source>
        <translation>Aufrufe an {scope} sind pausiert, bis Sie sie fortsetzen</translation>
    </message>
    <message>
        <source>calls to {scope} are paused for another {remaining_s} after repeated failures</source>
        <translation>Aufrufe an {scope} sind nach wiederholten Fehlern noch {remaining_s} pausiert</translation>
    </message>
    <message>
        <source>took {took_s}</source>
        <translation>dauerte {took_s}</translation>
    </message>
    <message>
        <source>{function}: {decision}</source>
        <translation>{function}: {decision}</translation>
    </message>
    <message>
        <source>timed out after {limit_s}</source>
        <translation>Zeitüberschreitung nach {limit_s}</translation>
    </message>
    <message>
        <source>operation {operation} has been taken over by another process</source>
        <translation>Vorgang {operation} wurde von einem anderen Prozess übernommen</translation>
    </message>
    <message>
        <source>operation {operation} is already running in another process. Wait for it, or pause it first</source>
        <translation>Vorgang {operation} läuft bereits in einem anderen Prozess. Warten Sie darauf oder pausieren Sie ihn zuerst</translation>
    </message>
    <message>
        <source>operation {operation} was {state} by you. Resume it to continue</source>
        <translation>Vorgang {operation} wurde von Ihnen angehalten ({state}). Setzen Sie ihn fort</translation>
    </message>
    <message>
        <source>another download is already saving to {key} (operation {operation}, {state}). Resume or remove that one, or choose another name</source>
        <translation>ein anderer Download speichert bereits in {key} (Vorgang {operation}, {state}). Setzen Sie ihn fort, entfernen Sie ihn oder wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>there is no operation {operation}</source>
        <translation>es gibt keinen Vorgang {operation}</translation>
    </message>
    <message>
        <source>operation {operation} could not be claimed</source>
        <translation>Vorgang {operation} konnte nicht übernommen werden</translation>
    </message>
    <message>
        <source>operation {operation} is a call of {function}, not of {other}</source>
        <translation>Vorgang {operation} ist ein Aufruf von {function}, nicht von {other}</translation>
    </message>
    <message>
        <source>operation {operation} of {function} cannot be resumed by {resumed_by}</source>
        <translation>Vorgang {operation} von {function} kann nicht von {resumed_by} fortgesetzt werden</translation>
    </message>
    <message>
        <source>operation {operation} cannot be resumed: {cause}</source>
        <translation>Vorgang {operation} kann nicht fortgesetzt werden: {cause}</translation>
    </message>
    <message>
        <source>{function} has no persistence. Give it one to call it as an operation</source>
        <translation>{function} hat keine Persistenz. Geben Sie eine an, um es als Vorgang aufzurufen</translation>
    </message>
    <message>
        <source>{function} has no persistence, so there is nothing to resume</source>
        <translation>{function} hat keine Persistenz, daher gibt es nichts fortzusetzen</translation>
    </message>
    <message>
        <source>{cause}; {decision}</source>
        <translation>{cause}; {decision}</translation>
    </message>
    <message>
        <source>unknown error</source>
        <translation>unbekannter Fehler</translation>
    </message>
    <message>
        <source>the program keeps quitting while working on this</source>
        <translation>das Programm wird bei diesem Vorgang immer wieder beendet</translation>
    </message>
    <message>
        <source>{host} is paused</source>
        <translation>{host} ist pausiert</translation>
    </message>
    <message>
        <source>{host} is not responding properly: {cause}</source>
        <translation>{host} antwortet nicht richtig: {cause}</translation>
    </message>
    <message>
        <source>a program was ended by {signal}</source>
        <translation>ein Programm wurde durch {signal} beendet</translation>
    </message>
    <message>
        <source>a program exited with status {status}</source>
        <translation>ein Programm endete mit Status {status}</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is not trusted: {cause}</source>
        <translation>dem Zertifikat des Servers wird nicht vertraut: {cause}</translation>
    </message>
    <message>
        <source>the server answered {status}</source>
        <translation>der Server antwortete {status}</translation>
    </message>
    <message>
        <source>the server answered {status}: {cause}</source>
        <translation>der Server antwortete {status}: {cause}</translation>
    </message>
    <message>
        <source>sent to the workers</source>
        <translation>an die Worker gesendet</translation>
    </message>
    <message>
        <source>sent to the workers again: the previous worker is gone</source>
        <translation>erneut an die Worker gesendet: der vorige Worker ist nicht mehr da</translation>
    </message>
    <message>
        <source>connection closed early</source>
        <translation>Verbindung vorzeitig geschlossen</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>Zeit abgelaufen</translation>
    </message>
    <message>
        <source>could not connect</source>
        <translation>keine Verbindung möglich</translation>
    </message>
    <message>
        <source>the server sent an invalid response</source>
        <translation>der Server hat eine ungültige Antwort gesendet</translation>
    </message>
    <message>
        <source>the link is not valid</source>
        <translation>der Link ist ungültig</translation>
    </message>
    <message>
        <source>too many redirects</source>
        <translation>zu viele Weiterleitungen</translation>
    </message>
    <message>
        <source>could not reach the proxy</source>
        <translation>Proxy nicht erreichbar</translation>
    </message>
    <message>
        <source>the archive is damaged</source>
        <translation>das Archiv ist beschädigt</translation>
    </message>
    <message>
        <source>an error in the program or its input</source>
        <translation>ein Fehler im Programm oder in seiner Eingabe</translation>
    </message>
    <message>
        <source>the operating system refused the operation</source>
        <translation>das Betriebssystem hat den Vorgang abgelehnt</translation>
    </message>
    <message>
        <source>paused after failures</source>
        <translation>nach Fehlern pausiert</translation>
    </message>
    <message>
        <source>access denied</source>
        <translation>Zugriff verweigert</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>kein Speicher mehr</translation>
    </message>
    <message>
        <source>the text has a different encoding</source>
        <translation>der Text hat eine andere Kodierung</translation>
    </message>
    <message>
        <source>several operations failed</source>
        <translation>mehrere Vorgänge sind fehlgeschlagen</translation>
    </message>
    <message>
        <source>the response is not JSON</source>
        <translation>die Antwort ist kein JSON</translation>
    </message>
    <message>
        <source>a queue is full</source>
        <translation>eine Warteschlange ist voll</translation>
    </message>
    <message>
        <source>a worker process ended</source>
        <translation>ein Worker-Prozess wurde beendet</translation>
    </message>
    <message>
        <source>a program timed out</source>
        <translation>ein Programm hat sein Zeitlimit überschritten</translation>
    </message>
    <message>
        <source>a program failed</source>
        <translation>ein Programm ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>the response has a different type</source>
        <translation>die Antwort hat einen anderen Typ</translation>
    </message>
    <message>
        <source>the task exceeded its time limit</source>
        <translation>die Aufgabe hat ihr Zeitlimit überschritten</translation>
    </message>
    <message>
        <source>the task set its own state in Celery</source>
        <translation>die Aufgabe hat ihren Zustand in Celery selbst gesetzt</translation>
    </message>
    <message>
        <source>conflicts with the stored state</source>
        <translation>widerspricht dem gespeicherten Zustand</translation>
    </message>
    <message>
        <source>the server rejected the request</source>
        <translation>der Server hat die Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>the server reported an error</source>
        <translation>der Server hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>sign-in required</source>
        <translation>Anmeldung erforderlich</translation>
    </message>
    <message>
        <source>payment required</source>
        <translation>Zahlung erforderlich</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>the proxy requires a sign-in</source>
        <translation>der Proxy verlangt eine Anmeldung</translation>
    </message>
    <message>
        <source>the server timed out waiting for the request</source>
        <translation>der Server hat zu lange auf die Anfrage gewartet</translation>
    </message>
    <message>
        <source>conflicts with the server&apos;s data</source>
        <translation>widerspricht den Daten des Servers</translation>
    </message>
    <message>
        <source>permanently removed</source>
        <translation>dauerhaft entfernt</translation>
    </message>
    <message>
        <source>the server does not have the requested part</source>
        <translation>der Server hat den angeforderten Teil nicht</translation>
    </message>
    <message>
        <source>the connection reached the wrong server</source>
        <translation>die Verbindung ging an den falschen Server</translation>
    </message>
    <message>
        <source>locked on the server</source>
        <translation>auf dem Server gesperrt</translation>
    </message>
    <message>
        <source>the server refused an early request</source>
        <translation>der Server hat eine frühe Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>too many requests (rate limited)</source>
        <translation>zu viele Anfragen (Anfragelimit erreicht)</translation>
    </message>
    <message>
        <source>the request headers are too large</source>
        <translation>die Kopfzeilen der Anfrage sind zu groß</translation>
    </message>
    <message>
        <source>not available for legal reasons</source>
        <translation>aus rechtlichen Gründen nicht verfügbar</translation>
    </message>
    <message>
        <source>not supported by the server</source>
        <translation>vom Server nicht unterstützt</translation>
    </message>
    <message>
        <source>the server does not support this HTTP version</source>
        <translation>der Server unterstützt diese HTTP-Version nicht</translation>
    </message>
    <message>
        <source>the server&apos;s disk is full</source>
        <translation>der Datenträger des Servers ist voll</translation>
    </message>
    <message>
        <source>the server detected a loop</source>
        <translation>der Server hat eine Schleife erkannt</translation>
    </message>
    <message>
        <source>this network needs you to sign in (captive portal)</source>
        <translation>dieses Netzwerk verlangt eine Anmeldung (Anmeldeseite)</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>die Platte ist voll</translation>
    </message>
    <message>
        <source>another program is using the file</source>
        <translation>ein anderes Programm benutzt die Datei</translation>
    </message>
    <message>
        <source>network unreachable</source>
        <translation>Netz nicht erreichbar</translation>
    </message>
    <message>
        <source>the network share is not responding</source>
        <translation>die Netzwerkfreigabe reagiert nicht</translation>
    </message>
    <message>
        <source>no such file or folder</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>disk quota exceeded</source>
        <translation>Speicherkontingent ausgeschöpft</translation>
    </message>
    <message>
        <source>this disk does not allow files this large (FAT32: 4 GB)</source>
        <translation>dieser Datenträger erlaubt keine so großen Dateien (FAT32: 4 GB)</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>operation not permitted</source>
        <translation>Vorgang nicht erlaubt</translation>
    </message>
    <message>
        <source>the disk is read-only</source>
        <translation>der Datenträger ist schreibgeschützt</translation>
    </message>
    <message>
        <source>part of the path is not a folder</source>
        <translation>ein Teil des Pfads ist kein Ordner</translation>
    </message>
    <message>
        <source>a folder with that name is in the way</source>
        <translation>ein Ordner mit diesem Namen ist im Weg</translation>
    </message>
    <message>
        <source>already exists</source>
        <translation>existiert bereits</translation>
    </message>
    <message>
        <source>the folder is not empty</source>
        <translation>der Ordner ist nicht leer</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>der Name ist zu lang</translation>
    </message>
    <message>
        <source>symbolic links form a loop</source>
        <translation>symbolische Links bilden eine Schleife</translation>
    </message>
    <message>
        <source>the two paths are on different disks</source>
        <translation>die beiden Pfade liegen auf verschiedenen Datenträgern</translation>
    </message>
    <message>
        <source>the file is not a program for this system</source>
        <translation>die Datei ist kein Programm für dieses System</translation>
    </message>
    <message>
        <source>no such process</source>
        <translation>kein solcher Prozess</translation>
    </message>
    <message>
        <source>the system is busy</source>
        <translation>das System ist beschäftigt</translation>
    </message>
    <message>
        <source>interrupted by a signal</source>
        <translation>durch ein Signal unterbrochen</translation>
    </message>
    <message>
        <source>the disk reported an error</source>
        <translation>der Datenträger hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>the network share was reconnected</source>
        <translation>die Netzwerkfreigabe wurde neu verbunden</translation>
    </message>
    <message>
        <source>this program has too many open files</source>
        <translation>dieses Programm hat zu viele Dateien geöffnet</translation>
    </message>
    <message>
        <source>the system has too many open files</source>
        <translation>das System hat zu viele Dateien geöffnet</translation>
    </message>
    <message>
        <source>the system is out of memory</source>
        <translation>dem System fehlt Speicher</translation>
    </message>
    <message>
        <source>the system is out of network buffers</source>
        <translation>dem System fehlen Netzwerkpuffer</translation>
    </message>
    <message>
        <source>another program is using the port</source>
        <translation>ein anderes Programm verwendet den Port</translation>
    </message>
    <message>
        <source>this computer does not have that address</source>
        <translation>dieser Computer hat diese Adresse nicht</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>connection reset</source>
        <translation>Verbindung zurückgesetzt</translation>
    </message>
    <message>
        <source>connection aborted</source>
        <translation>Verbindung abgebrochen</translation>
    </message>
    <message>
        <source>connection closed</source>
        <translation>Verbindung geschlossen</translation>
    </message>
    <message>
        <source>network down</source>
        <translation>Netz nicht verbunden</translation>
    </message>
    <message>
        <source>host unreachable</source>
        <translation>Server nicht erreichbar</translation>
    </message>
    <message>
        <source>host down</source>
        <translation>Server nicht in Betrieb</translation>
    </message>
    <message>
        <source>connection timed out</source>
        <translation>Verbindung kam nicht rechtzeitig zustande</translation>
    </message>
    <message>
        <source>blocked by a firewall</source>
        <translation>von einer Firewall blockiert</translation>
    </message>
    <message>
        <source>the host name was not found</source>
        <translation>der Name des Servers wurde nicht gefunden</translation>
    </message>
    <message>
        <source>the DNS server did not respond</source>
        <translation>der DNS-Server hat nicht geantwortet</translation>
    </message>
    <message>
        <source>the DNS server reported an error</source>
        <translation>der DNS-Server hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>out of memory while looking up the host</source>
        <translation>kein Speicher für die Namensauflösung</translation>
    </message>
    <message>
        <source>the host has no address of the requested type</source>
        <translation>der Host hat keine Adresse dieses Typs</translation>
    </message>
    <message>
        <source>the system does not support addresses of this type</source>
        <translation>das System unterstützt keine Adressen dieses Typs</translation>
    </message>
    <message>
        <source>no such port</source>
        <translation>kein solcher Port</translation>
    </message>
    <message>
        <source>the secure connection failed</source>
        <translation>die sichere Verbindung scheiterte</translation>
    </message>
    <message>
        <source>the secure connection was closed early</source>
        <translation>die sichere Verbindung wurde vorzeitig geschlossen</translation>
    </message>
    <message>
        <source>the server does not use TLS on this port</source>
        <translation>der Server verwendet auf diesem Port kein TLS</translation>
    </message>
    <message>
        <source>the server and this computer share no TLS version</source>
        <translation>Server und Computer haben keine gemeinsame TLS-Version</translation>
    </message>
    <message>
        <source>the server does not accept this computer&apos;s certificate</source>
        <translation>der Server nimmt das Zertifikat dieses Rechners nicht an</translation>
    </message>
    <message>
        <source>the server&apos;s certificate is not trusted</source>
        <translation>dem Zertifikat des Servers wird nicht vertraut</translation>
    </message>
    <message>
        <source>the database reported an error</source>
        <translation>die Datenbank hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>the database rejected the request</source>
        <translation>die Datenbank hat die Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>the database already holds conflicting data</source>
        <translation>die Datenbank enthält bereits widersprechende Daten</translation>
    </message>
    <message>
        <source>the database file is damaged</source>
        <translation>die Datenbankdatei ist beschädigt</translation>
    </message>
    <message>
        <source>access to the database denied</source>
        <translation>Zugriff auf die Datenbank verweigert</translation>
    </message>
    <message>
        <source>the database is locked by another program</source>
        <translation>die Datenbank ist durch ein anderes Programm gesperrt</translation>
    </message>
    <message>
        <source>the database is locked by another part of this program</source>
        <translation>die Datenbank ist durch einen anderen Teil dieses Programms gesperrt</translation>
    </message>
    <message>
        <source>the database is out of memory</source>
        <translation>der Datenbank fehlt Speicher</translation>
    </message>
    <message>
        <source>the database is read-only</source>
        <translation>die Datenbank ist schreibgeschützt</translation>
    </message>
    <message>
        <source>the database was interrupted</source>
        <translation>die Datenbank wurde unterbrochen</translation>
    </message>
    <message>
        <source>the database&apos;s disk reported an error</source>
        <translation>der Datenträger der Datenbank hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>the database&apos;s disk is full</source>
        <translation>der Datenträger der Datenbank ist voll</translation>
    </message>
    <message>
        <source>the database file cannot be opened</source>
        <translation>die Datenbankdatei lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>too many programs are using the database at once</source>
        <translation>zu viele Programme verwenden die Datenbank gleichzeitig</translation>
    </message>
    <message>
        <source>the database structure changed</source>
        <translation>die Struktur der Datenbank hat sich geändert</translation>
    </message>
    <message>
        <source>a value is too large for the database</source>
        <translation>ein Wert ist zu groß für die Datenbank</translation>
    </message>
    <message>
        <source>the disk does not allow files this large</source>
        <translation>der Datenträger erlaubt keine so großen Dateien</translation>
    </message>
    <message>
        <source>the file is not a database</source>
        <translation>die Datei ist keine Datenbank</translation>
    </message>
    <message>
        <source>the database is locked</source>
        <translation>die Datenbank ist gesperrt</translation>
    </message>
    <message>
        <source>the database resolved a deadlock</source>
        <translation>die Datenbank hat eine Verklemmung aufgelöst</translation>
    </message>
    <message>
        <source>another transaction changed the same rows</source>
        <translation>eine andere Transaktion hat dieselben Zeilen geändert</translation>
    </message>
    <message>
        <source>the connection to the database was lost</source>
        <translation>die Verbindung zur Datenbank ging verloren</translation>
    </message>
    <message>
        <source>the database is starting or shutting down</source>
        <translation>die Datenbank startet oder wird beendet</translation>
    </message>
    <message>
        <source>the database is out of connections or memory</source>
        <translation>der Datenbank fehlen Verbindungen oder Speicher</translation>
    </message>
    <message>
        <source>the statement timed out</source>
        <translation>die Anweisung hat ihr Zeitlimit überschritten</translation>
    </message>
    <message>
        <source>the database file is damaged or not a database</source>
        <translation>die Datenbankdatei ist beschädigt oder keine Datenbank</translation>
    </message>
    <message>
        <source>a database constraint was violated</source>
        <translation>eine Bedingung der Datenbank wurde verletzt</translation>
    </message>
    <message>
        <source>the database rejected a value</source>
        <translation>die Datenbank hat einen Wert abgelehnt</translation>
    </message>
    <message>
        <source>the statement does not match the database</source>
        <translation>die Anweisung passt nicht zur Datenbank</translation>
    </message>
    <message>
        <source>SQLAlchemy was used incorrectly</source>
        <translation>SQLAlchemy wurde falsch verwendet</translation>
    </message>
    <message>
        <source>no such row</source>
        <translation>keine solche Zeile</translation>
    </message>
    <message>
        <source>timed out waiting for a database connection</source>
        <translation>Zeitüberschreitung beim Warten auf eine Datenbankverbindung</translation>
    </message>
    <message>
        <source>Resume later</source>
        <translation>Setzen Sie später fort</translation>
    </message>
    <message>
        <source>Find out what is closing the program, then resume</source>
        <translation>Finden Sie heraus, was das Programm beendet, und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>If your proxy or virus scanner inspects connections, let this computer trust its certificate. Otherwise do not continue</source>
        <translation>Wenn Ihr Proxy oder Virenscanner Verbindungen untersucht, lassen Sie diesen Computer dessen Zertifikat vertrauen. Fahren Sie sonst nicht fort</translation>
    </message>
    <message>
        <source>Pass the session that it uses</source>
        <translation>Übergeben Sie die verwendete Sitzung</translation>
    </message>
    <message>
        <source>Commit or roll back before the call, or pass a separate session</source>
        <translation>Führen Sie vor dem Aufruf Commit oder Rollback aus oder übergeben Sie eine eigene Sitzung</translation>
    </message>
    <message>
        <source>Use functions that take one fact</source>
        <translation>Verwenden Sie Funktionen mit einem Fakt als Argument</translation>
    </message>
    <message>
        <source>Use a tuple of exception classes</source>
        <translation>Verwenden Sie ein Tupel aus Ausnahmeklassen</translation>
    </message>
    <message>
        <source>Use a function that takes the number of the attempt</source>
        <translation>Verwenden Sie eine Funktion der Versuchsnummer</translation>
    </message>
    <message>
        <source>Use a number of seconds, 0 or more</source>
        <translation>Verwenden Sie eine Anzahl Sekunden ab 0</translation>
    </message>
    <message>
        <source>Use a finite number, 1 or more</source>
        <translation>Verwenden Sie eine endliche Zahl ab 1</translation>
    </message>
    <message>
        <source>Use a number from 0 to 1</source>
        <translation>Verwenden Sie eine Zahl von 0 bis 1</translation>
    </message>
    <message>
        <source>Download the file again</source>
        <translation>Laden Sie die Datei erneut herunter</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>Close other programs, then resume</source>
        <translation>Schließen Sie andere Programme und setzen Sie fort</translation>
    </message>
    <message>
        <source>Give the task a longer soft_time_limit</source>
        <translation>Geben Sie der Aufgabe ein längeres soft_time_limit</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address and password in the system&apos;s network settings</source>
        <translation>Prüfen Sie Adresse und Passwort des Proxys in den Netzeinstellungen des Systems</translation>
    </message>
    <message>
        <source>Check the link</source>
        <translation>Prüfen Sie den Link</translation>
    </message>
    <message>
        <source>Sign in, or use a token with access</source>
        <translation>Melden Sie sich an oder verwenden Sie ein Token mit Zugriff</translation>
    </message>
    <message>
        <source>Check the link: the file may have been moved or removed</source>
        <translation>Prüfen Sie den Link: die Datei wurde möglicherweise verschoben oder entfernt</translation>
    </message>
    <message>
        <source>Use another link: this server does not support the request</source>
        <translation>Verwenden Sie einen anderen Link: dieser Server unterstützt die Anfrage nicht</translation>
    </message>
    <message>
        <source>Complete the payment on the site, then retry</source>
        <translation>Schließen Sie die Zahlung auf der Website ab und versuchen Sie es dann erneut</translation>
    </message>
    <message>
        <source>Check what is on the server, then retry</source>
        <translation>Prüfen Sie, was auf dem Server ist, und versuchen Sie es dann erneut</translation>
    </message>
    <message>
        <source>Start from the beginning</source>
        <translation>Beginnen Sie von vorn</translation>
    </message>
    <message>
        <source>Wait until it is unlocked</source>
        <translation>Warten Sie, bis es freigegeben ist</translation>
    </message>
    <message>
        <source>Shorten the link, or delete cookies</source>
        <translation>Kürzen Sie den Link oder löschen Sie Cookies</translation>
    </message>
    <message>
        <source>This file may not be available in your country</source>
        <translation>Diese Datei ist in Ihrem Land möglicherweise nicht verfügbar</translation>
    </message>
    <message>
        <source>Free some space on the server, then resume</source>
        <translation>Geben Sie Speicherplatz auf dem Server frei und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>Open your browser and sign in to the network</source>
        <translation>Öffnen Sie Ihren Browser und melden Sie sich im Netzwerk an</translation>
    </message>
    <message>
        <source>Free some space or choose another folder, then resume</source>
        <translation>Machen Sie Platz oder wählen Sie einen anderen Ordner und setzen Sie fort</translation>
    </message>
    <message>
        <source>Check the path</source>
        <translation>Prüfen Sie den Pfad</translation>
    </message>
    <message>
        <source>Check your network connection</source>
        <translation>Prüfen Sie Ihre Netzwerkverbindung</translation>
    </message>
    <message>
        <source>Close the program that uses the file, then resume</source>
        <translation>Schließen Sie das Programm, das die Datei verwendet, und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>Check the disk, then resume</source>
        <translation>Prüfen Sie die Platte und setzen Sie fort</translation>
    </message>
    <message>
        <source>Restore a backup of the file, or move it away to start with a new one</source>
        <translation>Stellen Sie eine Sicherung der Datei wieder her oder verschieben Sie sie, um mit einer neuen zu beginnen</translation>
    </message>
    <message>
        <source>Check the link and this computer&apos;s date. Do not continue if either looks wrong</source>
        <translation>Prüfen Sie den Link und das Datum dieses Computers. Fahren Sie nicht fort, wenn eines davon falsch aussieht</translation>
    </message>
    <message>
        <source>Choose another name</source>
        <translation>Anderen Namen wählen</translation>
    </message>
    <message>
        <source>Choose a shorter name</source>
        <translation>Wählen Sie einen kürzeren Namen</translation>
    </message>
    <message>
        <source>Allow the connection in the firewall</source>
        <translation>Lassen Sie die Verbindung in der Firewall zu</translation>
    </message>
    <message>
        <source>Check the spelling of the host name and your network connection</source>
        <translation>Prüfen Sie die Schreibweise des Hostnamens und Ihre Netzwerkverbindung</translation>
    </message>
    <message>
        <source>Use another link</source>
        <translation>Verwenden Sie einen anderen Link</translation>
    </message>
    <message>
        <source>Check the link: this port may need http:// instead of https://</source>
        <translation>Prüfen Sie den Link: dieser Port braucht möglicherweise http:// statt https://</translation>
    </message>
    <message>
        <source>Contact the site, or connect without a proxy or virus scanner</source>
        <translation>Wenden Sie sich an die Website oder verbinden Sie sich ohne Proxy oder Virenscanner</translation>
    </message>
    <message>
        <source>Use a certificate that the server accepts</source>
        <translation>Verwenden Sie ein Zertifikat, das der Server akzeptiert</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date and time. If they are correct, only the site can renew the certificate</source>
        <translation>Prüfen Sie Datum und Uhrzeit dieses Computers. Wenn sie stimmen, kann nur die Website das Zertifikat erneuern</translation>
    </message>
    <message>
        <source>Check the spelling of the host name. Do not continue if it is correct</source>
        <translation>Prüfen Sie die Schreibweise des Hostnamens. Fahren Sie nicht fort, wenn sie stimmt</translation>
    </message>
    <message>
        <source>Use the host&apos;s name instead of its IP address</source>
        <translation>Verwenden Sie den Namen des Hosts statt seiner IP-Adresse</translation>
    </message>
    <message>
        <source>Check the file&apos;s permissions</source>
        <translation>Prüfen Sie die Berechtigungen der Datei</translation>
    </message>
    <message>
        <source>Make the file and its folder writable</source>
        <translation>Machen Sie die Datei und ihren Ordner beschreibbar</translation>
    </message>
    <message>
        <source>Check that its folder exists and is writable</source>
        <translation>Prüfen Sie, ob der Ordner existiert und beschreibbar ist</translation>
    </message>
    <message>
        <source>Free some space, then retry</source>
        <translation>Geben Sie Speicherplatz frei und versuchen Sie es dann erneut</translation>
    </message>
    <message>
        <source>The store {path} {problem}. {remedy}.</source>
        <translation>Die Datenbank {path} {problem}. {remedy}.</translation>
    </message>
    <message>
        <source>The store {problem}. {remedy}.</source>
        <translation>Die Datenbank {problem}. {remedy}.</translation>
    </message>
    <message>
        <source>the store {problem}</source>
        <translation>die Datenbank {problem}</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>the store cannot be used</source>
        <translation>die Datenbank kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>is not a database</source>
        <translation>ist keine Datenbank</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>ist beschädigt</translation>
    </message>
    <message>
        <source>has been locked by another program for {busy_s}</source>
        <translation>ist seit {busy_s} durch ein anderes Programm gesperrt</translation>
    </message>
    <message>
        <source>cannot be written</source>
        <translation>kann nicht beschrieben werden</translation>
    </message>
    <message>
        <source>cannot grow: the disk is full</source>
        <translation>kann nicht wachsen: der Datenträger ist voll</translation>
    </message>
    <message>
        <source>cannot be opened: {cause}</source>
        <translation>kann nicht geöffnet werden: {cause}</translation>
    </message>
    <message>
        <source>failed ({cause})</source>
        <translation>ist fehlgeschlagen ({cause})</translation>
    </message>
    <message>
        <source>is a folder</source>
        <translation>ist ein Ordner</translation>
    </message>
    <message>
        <source>cannot be opened: its folder is a file</source>
        <translation>kann nicht geöffnet werden: ihr Ordner ist eine Datei</translation>
    </message>
    <message>
        <source>is another program&apos;s database</source>
        <translation>ist die Datenbank eines anderen Programms</translation>
    </message>
    <message>
        <source>was written by a newer version of this program (format {format}; this version supports up to {known})</source>
        <translation>wurde von einer neueren Version dieses Programms geschrieben (Format {format}; diese Version unterstützt bis {known})</translation>
    </message>
    <message>
        <source>has to be updated and could not be copied before ({cause})</source>
        <translation>muss aktualisiert werden und konnte vorher nicht kopiert werden ({cause})</translation>
    </message>
    <message>
        <source>is in use on another computer, {machine}. Only programs on one computer can share it</source>
        <translation>wird auf einem anderen Computer verwendet, {machine}. Nur Programme auf einem Computer können sie teilen</translation>
    </message>
    <message>
        <source>was closed</source>
        <translation>wurde geschlossen</translation>
    </message>
    <message>
        <source>a store in memory cannot be watched</source>
        <translation>eine Datenbank im Arbeitsspeicher kann nicht beobachtet werden</translation>
    </message>
    <message>
        <source>Choose another file with --store or RECOVERY_STORE</source>
        <translation>Wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>Move the file away, or choose another one with --store or RECOVERY_STORE</source>
        <translation>Verschieben Sie die Datei oder wählen Sie eine andere mit --store oder RECOVERY_STORE</translation>
    </message>
    <message>
        <source>Move the file away to start with an empty one, or choose another one with --store or RECOVERY_STORE</source>
        <translation>Verschieben Sie die Datei, um mit einer leeren zu beginnen, oder wählen Sie eine andere mit --store oder RECOVERY_STORE</translation>
    </message>
    <message>
        <source>Close that program, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Schließen Sie das Programm oder wählen Sie eine andere Datei mit --store oder RECOVERY_STORE</translation>
    </message>
    <message>
        <source>Make the file writable, or choose another one with --store or RECOVERY_STORE</source>
        <translation>Machen Sie die Datei beschreibbar oder wählen Sie eine andere mit --store oder RECOVERY_STORE</translation>
    </message>
    <message>
        <source>Free some space and try again</source>
        <translation>Machen Sie Platz und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>Update this program, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Bringen Sie dieses Programm auf den neuen Stand, oder wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>Free some space beside it, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Geben Sie daneben Speicherplatz frei oder wählen Sie eine andere Datei mit --store oder RECOVERY_STORE</translation>
    </message>
    <message>
        <source>Close the programs there, or choose a file on this computer with --store or RECOVERY_STORE</source>
        <translation>Schließen Sie dort die Programme oder wählen Sie eine Datei auf diesem Computer mit --store oder RECOVERY_STORE</translation>
    </message>
    <message>
        <source>Start the program again</source>
        <translation>Starten Sie das Programm neu</translation>
    </message>
    <message>
        <source>Open the store again</source>
        <translation>Öffnen Sie die Datenbank erneut</translation>
    </message>
    <message>
        <source>{problem}.</source>
        <translation>{problem}.</translation>
    </message>
    <message>
        <source>{problem}. {remedy}.</source>
        <translation>{problem}. {remedy}.</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>der Server</translation>
    </message>
    <message>
        <source>{host} answered {status}</source>
        <translation>{host} antwortete {status}</translation>
    </message>
    <message>
        <source>unexpected response {status}</source>
        <translation>unerwartete Antwort {status}</translation>
    </message>
    <message>
        <source>This file needs an account. Add your token in Settings &gt; Accounts, or accept the licence on the site</source>
        <translation>Diese Datei braucht ein Konto. Fügen Sie Ihr Token unter Einstellungen &gt; Konten hinzu oder akzeptieren Sie die Lizenz auf der Website</translation>
    </message>
    <message>
        <source>this link has expired</source>
        <translation>dieser Link ist abgelaufen</translation>
    </message>
    <message>
        <source>Copy a new link from the model page</source>
        <translation>Kopieren Sie einen neuen Link von der Modellseite</translation>
    </message>
    <message>
        <source>Use another link for this file</source>
        <translation>Verwenden Sie einen anderen Link für diese Datei</translation>
    </message>
    <message>
        <source>no data received for {limit_s}</source>
        <translation>seit {limit_s} keine Daten empfangen</translation>
    </message>
    <message>
        <source>the server did not answer within {limit_s}</source>
        <translation>der Server hat innerhalb von {limit_s} nicht geantwortet</translation>
    </message>
    <message>
        <source>connection closed {missing_bytes} before the end of the file</source>
        <translation>Verbindung {missing_bytes} vor dem Ende der Datei geschlossen</translation>
    </message>
    <message>
        <source>the server sent more data than it announced</source>
        <translation>der Server hat mehr Daten gesendet als angekündigt</translation>
    </message>
    <message>
        <source>the file on the server has changed</source>
        <translation>die Datei auf dem Server hat sich geändert</translation>
    </message>
    <message>
        <source>the file on the server changed during the download</source>
        <translation>die Datei auf dem Server hat sich während des Downloads geändert</translation>
    </message>
    <message>
        <source>got a web page instead of the file (usually a sign-in page)</source>
        <translation>Webseite statt der Datei erhalten (meist eine Anmeldeseite)</translation>
    </message>
    <message>
        <source>{host} sent a web page instead of the file</source>
        <translation>{host} schickte eine Webseite statt der Datei</translation>
    </message>
    <message>
        <source>Open the link in your browser and sign in or accept the licence, then retry</source>
        <translation>Öffnen Sie den Link im Browser, melden Sie sich an oder akzeptieren Sie die Lizenz, und versuchen Sie es dann erneut</translation>
    </message>
    <message>
        <source>{host} sent a compressed copy of the file</source>
        <translation>{host} hat eine komprimierte Kopie der Datei gesendet</translation>
    </message>
    <message>
        <source>Use another link for this file, or connect without the proxy that compresses it</source>
        <translation>Verwenden Sie einen anderen Link für diese Datei oder verbinden Sie sich ohne den komprimierenden Proxy</translation>
    </message>
    <message>
        <source>the server sent the wrong part of the file</source>
        <translation>der Server hat den falschen Teil der Datei gesendet</translation>
    </message>
    <message>
        <source>{host} sent the wrong part of the file</source>
        <translation>{host} hat den falschen Teil der Datei gesendet</translation>
    </message>
    <message>
        <source>the server redirected to an unencrypted link at {host}</source>
        <translation>der Server hat auf einen unverschlüsselten Link bei {host} weitergeleitet</translation>
    </message>
    <message>
        <source>Ask the site for an https:// link to the file</source>
        <translation>Bitten Sie die Website um einen https://-Link zur Datei</translation>
    </message>
    <message>
        <source>the server redirected to an invalid link</source>
        <translation>der Server hat auf einen ungültigen Link weitergeleitet</translation>
    </message>
    <message>
        <source>{host} redirected to an invalid link</source>
        <translation>{host} hat auf einen ungültigen Link weitergeleitet</translation>
    </message>
    <message>
        <source>the server stopped responding</source>
        <translation>der Server antwortet nicht mehr</translation>
    </message>
    <message>
        <source>the server closed the connection</source>
        <translation>der Server schloss die Verbindung</translation>
    </message>
    <message>
        <source>the transfer failed</source>
        <translation>die Übertragung scheiterte</translation>
    </message>
    <message>
        <source>the host {host} was not found</source>
        <translation>der Host {host} wurde nicht gefunden</translation>
    </message>
    <message>
        <source>Check the spelling of the link and your network connection</source>
        <translation>Prüfen Sie die Schreibweise des Links und Ihre Netzwerkverbindung</translation>
    </message>
    <message>
        <source>the proxy answered {status}</source>
        <translation>der Proxy antwortete {status}</translation>
    </message>
    <message>
        <source>could not reach the proxy: {cause}</source>
        <translation>Proxy nicht erreichbar: {cause}</translation>
    </message>
    <message>
        <source>this computer was asleep</source>
        <translation>dieser Rechner hat geschlafen</translation>
    </message>
    <message>
        <source>the server did not give a file size, so the download cannot be checked</source>
        <translation>der Server hat keine Dateigröße angegeben, daher kann der Download nicht geprüft werden</translation>
    </message>
    <message>
        <source>can&apos;t tell whether the file is complete</source>
        <translation>ob die Datei vollständig ist, lässt sich nicht feststellen</translation>
    </message>
    <message>
        <source>Enter the file&apos;s SHA-256 so it can be checked</source>
        <translation>Geben Sie die SHA-256 der Datei ein, damit sie geprüft werden kann</translation>
    </message>
    <message>
        <source>{algorithm} does not match</source>
        <translation>{algorithm} stimmt nicht überein</translation>
    </message>
    <message>
        <source>{algorithm} does not match; the file was kept as {name}</source>
        <translation>{algorithm} stimmt nicht überein; die Datei wurde als {name} behalten</translation>
    </message>
    <message>
        <source>Compare the {algorithm} with the one on the model page. The file was kept as {path}</source>
        <translation>Vergleichen Sie die {algorithm} mit der auf der Modellseite. Die Datei wurde als {path} behalten</translation>
    </message>
    <message>
        <source>part of the saved data was damaged</source>
        <translation>ein Teil der gespeicherten Daten war beschädigt</translation>
    </message>
    <message>
        <source>{algorithm} does not match; the last {bad_bytes} will be downloaded again</source>
        <translation>{algorithm} stimmt nicht überein; die letzten {bad_bytes} werden erneut heruntergeladen</translation>
    </message>
    <message>
        <source>not a valid model file</source>
        <translation>keine gültige Modelldatei</translation>
    </message>
    <message>
        <source>{name} is not a valid model file: {problem}</source>
        <translation>{name} ist keine gültige Modelldatei: {problem}</translation>
    </message>
    <message>
        <source>Check the link in your browser, or get the model from another source</source>
        <translation>Prüfen Sie den Link im Browser oder holen Sie das Modell aus einer anderen Quelle</translation>
    </message>
    <message>
        <source>it contains text (probably an error page), not model data</source>
        <translation>sie enthält Text (wahrscheinlich eine Fehlerseite), keine Modelldaten</translation>
    </message>
    <message>
        <source>it is too small</source>
        <translation>sie ist zu klein</translation>
    </message>
    <message>
        <source>it does not start with a model header</source>
        <translation>sie beginnt nicht mit dem Kopf eines Modells</translation>
    </message>
    <message>
        <source>the file is cut off</source>
        <translation>die Datei ist abgeschnitten</translation>
    </message>
    <message>
        <source>the header is corrupt</source>
        <translation>der Dateikopf ist beschädigt</translation>
    </message>
    <message>
        <source>{missing_bytes} missing at the end</source>
        <translation>am Ende fehlen {missing_bytes}</translation>
    </message>
    <message>
        <source>it is {extra_bytes} longer than its header says</source>
        <translation>sie ist {extra_bytes} länger, als ihr Dateikopf angibt</translation>
    </message>
    <message>
        <source>{suffix} files can contain code that runs when loaded. Use this file only if you trust its author, or look for the same model as .safetensors.</source>
        <translation>{suffix}-Dateien können Code enthalten, der beim Laden ausgeführt wird. Verwenden Sie diese Datei nur, wenn Sie der Quelle vertrauen, oder suchen Sie dasselbe Modell als .safetensors.</translation>
    </message>
    <message>
        <source>not enough space: {needed_bytes} needed, {free_bytes} free in {folder}</source>
        <translation>nicht genug Platz: {needed_bytes} benötigt, {free_bytes} frei in {folder}</translation>
    </message>
    <message>
        <source>not enough space in {folder}: {needed_bytes} needed</source>
        <translation>nicht genug Platz in {folder}: {needed_bytes} benötigt</translation>
    </message>
    <message>
        <source>no space left in {folder}</source>
        <translation>kein Platz mehr in {folder}</translation>
    </message>
    <message>
        <source>Free at least {needed_bytes} on the disk of {folder}, then resume</source>
        <translation>Geben Sie mindestens {needed_bytes} auf dem Datenträger von {folder} frei und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>Free some space on the disk of {folder}, then resume</source>
        <translation>Geben Sie Speicherplatz auf dem Datenträger von {folder} frei und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>disk error on {name}: {problem}</source>
        <translation>Datenträgerfehler bei {name}: {problem}</translation>
    </message>
    <message>
        <source>a folder or link with that name is in the way</source>
        <translation>ein Ordner oder Link mit diesem Namen ist im Weg</translation>
    </message>
    <message>
        <source>Move it away, then resume</source>
        <translation>Räumen Sie es weg und setzen Sie fort</translation>
    </message>
    <message>
        <source>Choose another disk</source>
        <translation>Wählen Sie eine andere Platte</translation>
    </message>
    <message>
        <source>the path is too long for this disk</source>
        <translation>der Pfad ist zu lang für diese Platte</translation>
    </message>
    <message>
        <source>Choose a shorter name or folder</source>
        <translation>Wählen Sie einen kürzeren Namen oder Ordner</translation>
    </message>
    <message>
        <source>the file is shorter than what was written to it</source>
        <translation>die Datei ist kürzer als das, was geschrieben wurde</translation>
    </message>
    <message>
        <source>{name} was deleted during the download</source>
        <translation>{name} wurde während des Downloads gelöscht</translation>
    </message>
    <message>
        <source>Resume to start again</source>
        <translation>Setzen Sie fort, um neu zu beginnen</translation>
    </message>
    <message>
        <source>no permission to write to {folder}</source>
        <translation>keine Berechtigung, in {folder} zu schreiben</translation>
    </message>
    <message>
        <source>{folder} is read-only</source>
        <translation>{folder} ist schreibgeschützt</translation>
    </message>
    <message>
        <source>the folder {folder} does not exist</source>
        <translation>der Ordner {folder} existiert nicht</translation>
    </message>
    <message>
        <source>the network share of {folder} was disconnected</source>
        <translation>die Netzwerkfreigabe von {folder} wurde getrennt</translation>
    </message>
    <message>
        <source>the disk of {folder} was disconnected</source>
        <translation>der Datenträger von {folder} wurde getrennt</translation>
    </message>
    <message>
        <source>{folder} is a file or lies inside one</source>
        <translation>{folder} ist eine Datei oder liegt in einer</translation>
    </message>
    <message>
        <source>{folder} is a file, not a folder</source>
        <translation>{folder} ist eine Datei, kein Ordner</translation>
    </message>
    <message>
        <source>{folder} is a broken link</source>
        <translation>{folder} ist ein defekter Link</translation>
    </message>
    <message>
        <source>{folder} is on a disk that is not connected</source>
        <translation>{folder} liegt auf einem Datenträger, der nicht verbunden ist</translation>
    </message>
    <message>
        <source>Choose another folder or fix this one</source>
        <translation>Wählen Sie einen anderen Ordner oder beheben Sie das Problem mit diesem</translation>
    </message>
    <message>
        <source>a file with this name already exists</source>
        <translation>eine Datei mit diesem Namen existiert bereits</translation>
    </message>
    <message>
        <source>{name} already exists in {folder}</source>
        <translation>{name} existiert bereits in {folder}</translation>
    </message>
    <message>
        <source>Choose another name, or move the existing file</source>
        <translation>Wählen Sie einen anderen Namen oder verschieben Sie die vorhandene Datei</translation>
    </message>
    <message>
        <source>another process is already downloading {name}</source>
        <translation>ein anderer Prozess lädt {name} schon herunter</translation>
    </message>
    <message>
        <source>Wait for the other download, cancel it, or choose another name</source>
        <translation>Warten Sie auf den anderen Download, brechen Sie ihn ab oder wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>another download is saving to this file</source>
        <translation>ein anderer Download speichert in diese Datei</translation>
    </message>
    <message>
        <source>Resume or remove that one, or choose another name</source>
        <translation>Setzen Sie jenen fort oder entfernen Sie ihn, oder wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>resumed at {kept_bytes} ({why})</source>
        <translation>bei {kept_bytes} fortgesetzt ({why})</translation>
    </message>
    <message>
        <source>all {kept_bytes} already downloaded ({why})</source>
        <translation>alle {kept_bytes} bereits heruntergeladen ({why})</translation>
    </message>
    <message>
        <source>restarted from zero, {lost_bytes} lost: {why}</source>
        <translation>von vorn begonnen, {lost_bytes} verloren: {why}</translation>
    </message>
    <message>
        <source>file unchanged on the server</source>
        <translation>Datei auf dem Server unverändert</translation>
    </message>
    <message>
        <source>file unchanged on the server, by its date</source>
        <translation>Datei auf dem Server laut Datum unverändert</translation>
    </message>
    <message>
        <source>{algorithm} will be checked</source>
        <translation>{algorithm} wird geprüft</translation>
    </message>
    <message>
        <source>the server confirmed the file size</source>
        <translation>der Server hat die Dateigröße bestätigt</translation>
    </message>
    <message>
        <source>the server does not support resuming</source>
        <translation>der Server kann nicht fortsetzen</translation>
    </message>
    <message>
        <source>the server gives no way to tell whether the file is unchanged</source>
        <translation>der Server bietet keine Möglichkeit festzustellen, ob die Datei unverändert ist</translation>
    </message>
    <message>
        <source>the server did not confirm that the file is unchanged</source>
        <translation>der Server bestätigte nicht, dass die Datei unverändert ist</translation>
    </message>
    <message>
        <source>the server&apos;s partial response contradicts itself</source>
        <translation>die Teilantwort des Servers widerspricht sich</translation>
    </message>
    <message>
        <source>the saved data is from another link</source>
        <translation>die gespeicherten Daten stammen von einem anderen Link</translation>
    </message>
    <message>
        <source>there is no record of where the saved data is from</source>
        <translation>woher die gespeicherten Daten stammen, ist nicht bekannt</translation>
    </message>
    <message>
        <source>the partial file is larger than the original</source>
        <translation>die Teildatei ist größer als das Original</translation>
    </message>
    <message>
        <source>{first}; {second}</source>
        <translation>{first}; {second}</translation>
    </message>
    <message>
        <source>an unknown partial file was moved to {name}</source>
        <translation>eine unbekannte Teildatei wurde nach {name} verschoben</translation>
    </message>
    <message>
        <source>{lost_bytes} on disk had been changed and will be downloaded again</source>
        <translation>{lost_bytes} auf dem Datenträger waren verändert und werden erneut heruntergeladen</translation>
    </message>
    <message>
        <source>the saved data was changed on disk</source>
        <translation>die gespeicherten Daten wurden auf dem Datenträger verändert</translation>
    </message>
    <message>
        <source>starting over will discard {lost_bytes}: {why}</source>
        <translation>Neubeginn verwirft {lost_bytes}: {why}</translation>
    </message>
    <message>
        <source>Nothing was deleted. Resume asks first (on the command line, add --discard)</source>
        <translation>Es wurde nichts gelöscht. „Fortsetzen“ fragt zuerst (auf der Befehlszeile mit --discard)</translation>
    </message>
    <message>
        <source>Nothing was deleted. Resume asks first (on the command line, add --discard). If you know the file&apos;s SHA-256, add the download again with it, and it continues from here</source>
        <translation>Es wurde nichts gelöscht. „Fortsetzen“ fragt zuerst (auf der Befehlszeile mit --discard). Wenn Sie die SHA-256 der Datei kennen, fügen Sie den Download damit erneut hinzu; er wird dann hier fortgesetzt</translation>
    </message>
    <message>
        <source>Moved by you</source>
        <translation>Von Ihnen verschoben</translation>
    </message>
    <message>
        <source>Added again</source>
        <translation>Erneut hinzugefügt</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>Fortgesetzt</translation>
    </message>
    <message>
        <source>Resumed automatically after restart</source>
        <translation>Nach Neustart automatisch fortgesetzt</translation>
    </message>
    <message>
        <source>the download is {state}: stop it before you move it</source>
        <translation>der Download ist {state}: halten Sie ihn an, bevor Sie ihn verschieben</translation>
    </message>
    <message>
        <source>{program}, process {pid}, is already downloading {name} (operation {operation})</source>
        <translation>{program}, Prozess {pid}, lädt {name} bereits herunter (Vorgang {operation})</translation>
    </message>
    <message>
        <source>another process is already downloading {name} (operation {operation})</source>
        <translation>ein anderer Prozess lädt {name} bereits herunter (Vorgang {operation})</translation>
    </message>
    <message>
        <source>operation {operation} cannot be started: it is {state}</source>
        <translation>Vorgang {operation} kann nicht gestartet werden: er ist {state}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Paste a new link</source>
        <translation>Neuen Link einfügen</translation>
    </message>
    <message>
        <source>Enter a token</source>
        <translation>Token eingeben</translation>
    </message>
    <message>
        <source>Enter another token</source>
        <translation>Anderes Token eingeben</translation>
    </message>
    <message>
        <source>Open model page</source>
        <translation>Modellseite öffnen</translation>
    </message>
    <message>
        <source>Change link</source>
        <translation>Link ändern</translation>
    </message>
    <message>
        <source>Discard and start over</source>
        <translation>Verwerfen und neu beginnen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner anzeigen</translation>
    </message>
    <message>
        <source>Check date and time</source>
        <translation>Datum und Uhrzeit prüfen</translation>
    </message>
    <message>
        <source>Open proxy settings</source>
        <translation>Proxy-Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Open in browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>{site} did not accept the token</source>
        <translation>{site} hat das Token nicht angenommen</translation>
    </message>
    <message>
        <source>{site} requires you to sign in to download this file</source>
        <translation>{site} verlangt eine Anmeldung für diese Datei</translation>
    </message>
    <message>
        <source>{repository} is gated: sign in and accept its licence first</source>
        <translation>{repository} ist zugangsbeschränkt: melden Sie sich an und akzeptieren Sie zuerst die Lizenz</translation>
    </message>
    <message>
        <source>{repository} is gated: accept its licence first</source>
        <translation>{repository} ist zugangsbeschränkt: akzeptieren Sie zuerst die Lizenz</translation>
    </message>
    <message>
        <source>{repository} has no such file</source>
        <translation>{repository} hat keine solche Datei</translation>
    </message>
    <message>
        <source>{repository} has no such revision</source>
        <translation>{repository} hat keine solche Revision</translation>
    </message>
    <message>
        <source>{site} has no public repository {repository}</source>
        <translation>{site} hat kein öffentliches Repository {repository}</translation>
    </message>
    <message>
        <source>{site} has no repository {repository} that your token can access</source>
        <translation>{site} hat kein Repository {repository}, auf das Ihr Token zugreifen kann</translation>
    </message>
    <message>
        <source>{site} has disabled {repository}</source>
        <translation>{site} hat {repository} gesperrt</translation>
    </message>
    <message>
        <source>{site} has received too many requests (rate limited)</source>
        <translation>{site} hat zu viele Anfragen erhalten (Anfragelimit erreicht)</translation>
    </message>
    <message>
        <source>{site} sent an invalid response</source>
        <translation>{site} hat eine ungültige Antwort gesendet</translation>
    </message>
    <message>
        <source>the site sent an invalid response: it is not JSON</source>
        <translation>die Website hat eine ungültige Antwort gesendet: kein JSON</translation>
    </message>
    <message>
        <source>the site redirected to a link that answers {status}</source>
        <translation>die Website hat auf einen Link weitergeleitet, der {status} antwortet</translation>
    </message>
    <message>
        <source>{site} lists another {algorithm} for this file than the one you gave</source>
        <translation>{site} nennt für diese Datei eine andere {algorithm} als die von Ihnen angegebene</translation>
    </message>
    <message>
        <source>Create a token at {token_page}, add it in Settings &gt; Accounts (or set {variable}), then resume</source>
        <translation>Erstellen Sie ein Token auf {token_page}, fügen Sie es unter Einstellungen &gt; Konten hinzu (oder setzen Sie {variable}) und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>Create a new token at {token_page}, add it in Settings &gt; Accounts (or set {variable}), then resume</source>
        <translation>Erstellen Sie ein neues Token auf {token_page}, fügen Sie es unter Einstellungen &gt; Konten hinzu (oder setzen Sie {variable}) und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>Accept the licence at {page} with the account of your token, then resume</source>
        <translation>Akzeptieren Sie die Lizenz auf {page} mit dem Konto Ihres Tokens und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>Accept the licence at {page}, create a token at {token_page}, add it in Settings &gt; Accounts (or set {variable}), then resume</source>
        <translation>Akzeptieren Sie die Lizenz auf {page}, erstellen Sie ein Token auf {token_page}, fügen Sie es unter Einstellungen &gt; Konten hinzu (oder setzen Sie {variable}) und setzen Sie dann fort</translation>
    </message>
    <message>
        <source>Look for the file at {page}</source>
        <translation>Suchen Sie die Datei auf {page}</translation>
    </message>
    <message>
        <source>Check the revision at {page}, or leave it out</source>
        <translation>Prüfen Sie die Revision auf {page} oder lassen Sie sie weg</translation>
    </message>
    <message>
        <source>Check the link, or add a token in Settings &gt; Accounts (or set {variable})</source>
        <translation>Prüfen Sie den Link oder fügen Sie ein Token unter Einstellungen &gt; Konten hinzu (oder setzen Sie {variable})</translation>
    </message>
    <message>
        <source>Look for another copy of the model</source>
        <translation>Suchen Sie ein anderes Exemplar des Modells</translation>
    </message>
    <message>
        <source>Wait until the limit is reset</source>
        <translation>Warten Sie, bis das Limit zurückgesetzt ist</translation>
    </message>
    <message>
        <source>Wait until the limit is reset, or create a token at {token_page} and add it in Settings &gt; Accounts (or set {variable}) for a higher limit</source>
        <translation>Warten Sie, bis das Limit zurückgesetzt ist, oder erstellen Sie ein Token auf {token_page} und fügen Sie es unter Einstellungen &gt; Konten hinzu (oder setzen Sie {variable}), um ein höheres Limit zu erhalten</translation>
    </message>
    <message>
        <source>Resume later: the site hands out links that do not work at present</source>
        <translation>Setzen Sie später fort: die Website gibt zurzeit Links aus, die nicht funktionieren</translation>
    </message>
    <message>
        <source>Compare the {algorithm} with the one on the model page, or leave it out</source>
        <translation>Vergleichen Sie die {algorithm} mit der auf der Modellseite oder lassen Sie sie weg</translation>
    </message>
    <message>
        <source>is not the address of a site</source>
        <translation>ist nicht die Adresse einer Website</translation>
    </message>
    <message>
        <source>Use an address like {example}</source>
        <translation>Verwenden Sie eine Adresse wie {example}</translation>
    </message>
    <message>
        <source>the model is in early access: {site} offers it only to those who paid for it</source>
        <translation>das Modell ist im Vorabzugang: {site} bietet es nur zahlenden Nutzern an</translation>
    </message>
    <message>
        <source>the model is in early access until {day}: {site} offers it only to those who paid for it</source>
        <translation>das Modell ist bis {day} im Vorabzugang: {site} bietet es nur zahlenden Nutzern an</translation>
    </message>
    <message>
        <source>Unlock it at {page} with the account of your token, or resume when early access has ended</source>
        <translation>Schalten Sie es auf {page} mit dem Konto Ihres Tokens frei oder setzen Sie fort, wenn der Vorabzugang beendet ist</translation>
    </message>
    <message>
        <source>the model&apos;s creator does not allow downloads</source>
        <translation>der Ersteller des Modells erlaubt keine Downloads</translation>
    </message>
    <message>
        <source>Choose another version at {page}</source>
        <translation>Wählen Sie auf {page} eine andere Version</translation>
    </message>
    <message>
        <source>the release of {repository} has no file {name}</source>
        <translation>die Veröffentlichung von {repository} hat keine Datei {name}</translation>
    </message>
    <message>
        <source>{repository} has no such public release</source>
        <translation>{repository} hat keine solche öffentliche Veröffentlichung</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>contains characters that a token cannot have</source>
        <translation>enthält Zeichen, die in einem Token nicht vorkommen</translation>
    </message>
    <message>
        <source>Copy it from {token_page}</source>
        <translation>Kopieren Sie es von {token_page}</translation>
    </message>
    <message>
        <source>is set by the environment variable {variable}</source>
        <translation>wird durch die Umgebungsvariable {variable} festgelegt</translation>
    </message>
    <message>
        <source>Change that variable, then restart</source>
        <translation>Ändern Sie diese Variable und starten Sie dann neu</translation>
    </message>
    <message>
        <source>is not a site with tokens</source>
        <translation>ist keine Website mit Token</translation>
    </message>
    <message>
        <source>Use one of {sites}</source>
        <translation>Verwenden Sie eine von {sites}</translation>
    </message>
    <message>
        <source>There is no token for {site} to test.</source>
        <translation>Für {site} gibt es kein Token zum Testen.</translation>
    </message>
    <message>
        <source>The token is not sent to {host}: the address is not https.</source>
        <translation>Das Token wird nicht an {host} gesendet: die Adresse ist nicht https.</translation>
    </message>
    <message>
        <source>{site} knows you as {name}.</source>
        <translation>{site} kennt Sie als {name}.</translation>
    </message>
    <message>
        <source>{site} did not tell whose token it is</source>
        <translation>{site} hat nicht mitgeteilt, wem das Token gehört</translation>
    </message>
    <message>
        <source>The token for {site} was not saved: {problem}. Set {variable} in the environment instead.</source>
        <translation>Das Token für {site} wurde nicht gespeichert: {problem}. Setzen Sie stattdessen {variable} in der Umgebung.</translation>
    </message>
    <message>
        <source>no keyring found</source>
        <translation>kein Schlüsselbund gefunden</translation>
    </message>
    <message>
        <source>the keyring is locked</source>
        <translation>der Schlüsselbund ist gesperrt</translation>
    </message>
    <message>
        <source>the keyring does not respond (it may be locked)</source>
        <translation>der Schlüsselbund antwortet nicht (er ist möglicherweise gesperrt)</translation>
    </message>
    <message>
        <source>the keyring did not save the token</source>
        <translation>der Schlüsselbund hat das Token nicht gespeichert</translation>
    </message>
    <message>
        <source>the keyring failed with {error}</source>
        <translation>der Schlüsselbund meldete {error}</translation>
    </message>
    <message>
        <source>link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>file name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is not text</source>
        <translation>ist kein Text</translation>
    </message>
    <message>
        <source>is not a list of texts</source>
        <translation>ist keine Liste von Texten</translation>
    </message>
    <message>
        <source>contains an invisible character</source>
        <translation>enthält ein unsichtbares Zeichen</translation>
    </message>
    <message>
        <source>Add the download again</source>
        <translation>Fügen Sie den Download erneut hinzu</translation>
    </message>
    <message>
        <source>is longer than {limit} characters</source>
        <translation>ist länger als {limit} Zeichen</translation>
    </message>
    <message>
        <source>contains a space or an invisible character</source>
        <translation>enthält ein Leerzeichen oder ein unsichtbares Zeichen</translation>
    </message>
    <message>
        <source>contains a backslash</source>
        <translation>enthält einen umgekehrten Schrägstrich</translation>
    </message>
    <message>
        <source>is not a valid web address</source>
        <translation>ist keine gültige Webadresse</translation>
    </message>
    <message>
        <source>is not a complete web address</source>
        <translation>ist keine vollständige Webadresse</translation>
    </message>
    <message>
        <source>is not of the form {form}</source>
        <translation>hat nicht die Form {form}</translation>
    </message>
    <message>
        <source>uses {scheme}:, which is not supported</source>
        <translation>verwendet {scheme}:, was nicht unterstützt wird</translation>
    </message>
    <message>
        <source>has a port that is not a number from 1 to 65535</source>
        <translation>hat einen Port, der keine Zahl von 1 bis 65535 ist</translation>
    </message>
    <message>
        <source>has no host</source>
        <translation>hat keinen Host</translation>
    </message>
    <message>
        <source>has an invalid host name</source>
        <translation>hat einen ungültigen Hostnamen</translation>
    </message>
    <message>
        <source>Paste the complete link, which begins with {schemes} or {last}</source>
        <translation>Fügen Sie den vollständigen Link ein, der mit {schemes} oder {last} beginnt</translation>
    </message>
    <message>
        <source>names an unknown user</source>
        <translation>nennt einen unbekannten Benutzer</translation>
    </message>
    <message>
        <source>Choose the folder to save the file in</source>
        <translation>Wählen Sie den Ordner, in dem die Datei gespeichert werden soll</translation>
    </message>
    <message>
        <source>contains a path separator (/ or \)</source>
        <translation>enthält ein Pfadtrennzeichen (/ oder \)</translation>
    </message>
    <message>
        <source>contains one of {characters}, which Windows does not allow</source>
        <translation>enthält eines von {characters}, das Windows nicht erlaubt</translation>
    </message>
    <message>
        <source>refers to a folder</source>
        <translation>bezeichnet einen Ordner</translation>
    </message>
    <message>
        <source>ends with a dot</source>
        <translation>endet mit einem Punkt</translation>
    </message>
    <message>
        <source>begins or ends with a space</source>
        <translation>beginnt oder endet mit einem Leerzeichen</translation>
    </message>
    <message>
        <source>is the name of a device on Windows</source>
        <translation>ist unter Windows der Name eines Geräts</translation>
    </message>
    <message>
        <source>ends like the name of a partial file</source>
        <translation>endet wie der Name einer Teildatei</translation>
    </message>
    <message>
        <source>is longer than {limit} bytes</source>
        <translation>ist länger als {limit} Bytes</translation>
    </message>
    <message>
        <source>Choose a plain file name, or leave it empty to use the one in the link</source>
        <translation>Wählen Sie einen einfachen Dateinamen oder lassen Sie das Feld leer, um den aus dem Link zu verwenden</translation>
    </message>
    <message>
        <source>is not 64 hexadecimal digits</source>
        <translation>ist nicht 64 hexadezimale Ziffern lang</translation>
    </message>
    <message>
        <source>Enter all 64 hexadecimal digits, or leave it empty</source>
        <translation>Geben Sie alle 64 hexadezimalen Ziffern ein oder lassen Sie das Feld leer</translation>
    </message>
    <message>
        <source>Enter it: only a hash proves that mirrors have the same file</source>
        <translation>Geben Sie sie ein: nur eine Prüfsumme beweist, dass Spiegelserver dieselbe Datei haben</translation>
    </message>
    <message>
        <source>The list has more than {limit} lines. Split it.</source>
        <translation>Die Liste hat mehr als {limit} Zeilen. Teilen Sie sie auf.</translation>
    </message>
    <message>
        <source>The line is indented like a mirror, but there is no file above it.</source>
        <translation>Die Zeile ist wie ein Spiegelserver eingerückt, aber darüber steht keine Datei.</translation>
    </message>
    <message>
        <source>The file would have the same name as in line {line}: {name}. Give one of them another name.</source>
        <translation>Die Datei hätte denselben Namen wie in Zeile {line}: {name}. Geben Sie einer davon einen anderen Namen.</translation>
    </message>
    <message>
        <source>it is larger than {limit_bytes}</source>
        <translation>sie ist größer als {limit_bytes}</translation>
    </message>
    <message>
        <source>it is not text in UTF-8</source>
        <translation>sie ist kein Text in UTF-8</translation>
    </message>
    <message>
        <source>waiting until {until}: downloads run {hours}</source>
        <translation>wartet bis {until}: Downloads laufen {hours}</translation>
    </message>
    <message>
        <source>from {start} to {end}</source>
        <translation>von {start} bis {end}</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} und {second}</translation>
    </message>
    <message>
        <source>Monday {clock}</source>
        <translation>Montag {clock}</translation>
    </message>
    <message>
        <source>Tuesday {clock}</source>
        <translation>Dienstag {clock}</translation>
    </message>
    <message>
        <source>Wednesday {clock}</source>
        <translation>Mittwoch {clock}</translation>
    </message>
    <message>
        <source>Thursday {clock}</source>
        <translation>Donnerstag {clock}</translation>
    </message>
    <message>
        <source>Friday {clock}</source>
        <translation>Freitag {clock}</translation>
    </message>
    <message>
        <source>Saturday {clock}</source>
        <translation>Samstag {clock}</translation>
    </message>
    <message>
        <source>Sunday {clock}</source>
        <translation>Sonntag {clock}</translation>
    </message>
    <message>
        <source>contains &quot;{text}&quot;, which is not a time of day</source>
        <translation>enthält „{text}“, was keine Uhrzeit ist</translation>
    </message>
    <message>
        <source>contains {text}, which ends when it starts</source>
        <translation>enthält {text}, was endet, wenn es beginnt</translation>
    </message>
    <message>
        <source>contains {text}, which is not a time</source>
        <translation>enthält {text}, was keine Uhrzeit ist</translation>
    </message>
    <message>
        <source>contains {text}, which is not a day (Mon, Tue, Wed, Thu, Fri, Sat, Sun)</source>
        <translation>enthält {text}, was kein Tag ist (Mon, Tue, Wed, Thu, Fri, Sat, Sun)</translation>
    </message>
    <message>
        <source>a store in memory cannot share settings. Give the store a file name, or set them here</source>
        <translation>eine Datenbank im Arbeitsspeicher kann keine Einstellungen teilen. Geben Sie ihr einen Dateinamen oder setzen Sie die Einstellungen hier</translation>
    </message>
    <message>
        <source>the setting {setting} {problem}</source>
        <translation>die Einstellung {setting} {problem}</translation>
    </message>
    <message>
        <source>This {problem}. {remedy}.</source>
        <translation>Die Eingabe {problem}. {remedy}.</translation>
    </message>
    <message>
        <source>is not a whole number</source>
        <translation>ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>is not a number</source>
        <translation>ist keine Zahl</translation>
    </message>
    <message>
        <source>is not true or false</source>
        <translation>ist weder wahr noch falsch</translation>
    </message>
    <message>
        <source>is out of range</source>
        <translation>ist außerhalb des Bereichs</translation>
    </message>
    <message>
        <source>is not one of the choices</source>
        <translation>ist keine der Möglichkeiten</translation>
    </message>
    <message>
        <source>is not a setting</source>
        <translation>ist keine Einstellung</translation>
    </message>
    <message>
        <source>has no value</source>
        <translation>hat keinen Wert</translation>
    </message>
    <message>
        <source>Use true or false</source>
        <translation>Erlaubt sind true und false</translation>
    </message>
    <message>
        <source>Use one of {choices}</source>
        <translation>Erlaubt ist eines von {choices}</translation>
    </message>
    <message>
        <source>Use {form}</source>
        <translation>Verwenden Sie {form}</translation>
    </message>
    <message>
        <source>Use a whole number from {least} to {most}{unit}</source>
        <translation>Verwenden Sie eine ganze Zahl von {least} bis {most}{unit}</translation>
    </message>
    <message>
        <source>Use a number from {least} to {most}{unit}</source>
        <translation>Verwenden Sie eine Zahl von {least} bis {most}{unit}</translation>
    </message>
    <message>
        <source>contains a password, which other programs could read in the settings</source>
        <translation>enthält ein Passwort, das andere Programme in den Einstellungen lesen könnten</translation>
    </message>
    <message>
        <source>Leave the password out, or set the full address in the environment variable HTTPS_PROXY</source>
        <translation>Lassen Sie das Passwort weg oder setzen Sie die vollständige Adresse in der Umgebungsvariable HTTPS_PROXY</translation>
    </message>
    <message>
        <source>is not the address of an HTTP proxy</source>
        <translation>ist nicht die Adresse eines HTTP-Proxys</translation>
    </message>
    <message>
        <source>Give it a value, or leave it out</source>
        <translation>Geben Sie einen Wert an oder lassen Sie sie weg</translation>
    </message>
    <message>
        <source>contains no settings: it is not JSON</source>
        <translation>enthält keine Einstellungen: kein JSON</translation>
    </message>
    <message>
        <source>contains no settings of this program</source>
        <translation>enthält keine Einstellungen dieses Programms</translation>
    </message>
    <message>
        <source>Choose a file that this program exported</source>
        <translation>Wählen Sie eine Datei, die dieses Programm exportiert hat</translation>
    </message>
    <message numerus="yes">
        <source>gave up after %n attempt(s): no progress in the last {last}</source>
        <translation>
            <numerusform>nach %n Versuch aufgegeben: kein Fortschritt in den letzten {last}</numerusform>
            <numerusform>nach %n Versuchen aufgegeben: kein Fortschritt in den letzten {last}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>waiting {wait_s}: {host} failed %n time(s) in a row</source>
        <translation>
            <numerusform>wartet {wait_s}: {host} ist %n Mal in Folge fehlgeschlagen</numerusform>
            <numerusform>wartet {wait_s}: {host} ist %n Mal in Folge fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>stopped: the program quit unexpectedly %n time(s) without making progress</source>
        <translation>
            <numerusform>angehalten: das Programm wurde %n Mal unerwartet beendet, ohne voranzukommen</numerusform>
            <numerusform>angehalten: das Programm wurde %n Mal unerwartet beendet, ohne voranzukommen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>news</name>
    <message>
        <source>{name} needs attention</source>
        <translation>{name} braucht Ihre Aufmerksamkeit</translation>
    </message>
    <message>
        <source>{name} finished</source>
        <translation>{name} fertig</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) need attention</source>
        <translation>
            <numerusform>%n Downloads brauchen Ihre Aufmerksamkeit</numerusform>
            <numerusform>%n Downloads brauchen Ihre Aufmerksamkeit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) finished</source>
        <translation>
            <numerusform>%n Downloads fertig</numerusform>
            <numerusform>%n Downloads fertig</numerusform>
        </translation>
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
        <source>Initial delay</source>
        <translation>Erste Wartezeit</translation>
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
        <source>Max delay</source>
        <translation>Längste Wartezeit</translation>
    </message>
    <message>
        <source>Jitter</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>Max retry after</source>
        <translation>Längstes Warten für Server</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Frist je Versuch</translation>
    </message>
    <message>
        <source>Total timeout</source>
        <translation>Frist insgesamt</translation>
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
        <source>Downloads</source>
        <translation>Downloads</translation>
    </message>
    <message>
        <source>Connections per download</source>
        <translation>Verbindungen je Download</translation>
    </message>
    <message>
        <source>Ask before discarding</source>
        <translation>Vor dem Verwerfen fragen</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Ask before quitting while downloads run</source>
        <translation>Vor dem Beenden fragen, solange Downloads laufen</translation>
    </message>
    <message>
        <source>Notify when downloads have finished</source>
        <translation>Melden, wenn Downloads fertig sind</translation>
    </message>
    <message>
        <source>Keep the computer awake while downloading</source>
        <translation>Rechner beim Laden wach halten</translation>
    </message>
    <message>
        <source>Open when you log in</source>
        <translation>Bei der Anmeldung öffnen</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Download folder</source>
        <translation>Ordner für Downloads</translation>
    </message>
    <message>
        <source>Concurrent downloads</source>
        <translation>Gleichzeitige Downloads</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>Resume interrupted downloads at start</source>
        <translation>Unterbrochene Downloads beim Start fortsetzen</translation>
    </message>
    <message>
        <source>Stall timeout</source>
        <translation>Frist bei Stillstand</translation>
    </message>
    <message>
        <source>Connect timeout</source>
        <translation>Frist für die Verbindung</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Hugging Face address</source>
        <translation>Adresse von Hugging Face</translation>
    </message>
    <message>
        <source>Civitai address</source>
        <translation>Adresse von Civitai</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Give up after this many retries without progress.</source>
        <translation>Nach so vielen Wiederholungen ohne Fortschritt aufgeben.</translation>
    </message>
    <message>
        <source>Pause after the first failure.</source>
        <translation>Pause nach dem ersten Fehler.</translation>
    </message>
    <message>
        <source>Each pause is this many times longer than the last.</source>
        <translation>Jede Pause ist so viel Mal länger als die vorige.</translation>
    </message>
    <message>
        <source>Longest pause between retries.</source>
        <translation>Längste Pause zwischen Wiederholungen.</translation>
    </message>
    <message>
        <source>Randomise pauses (0 = off, 1 = full).</source>
        <translation>Pausen zufällig verkürzen (0 = aus, 1 = ganz).</translation>
    </message>
    <message>
        <source>Give up if a server asks to wait longer than this.</source>
        <translation>Aufgeben, wenn ein Server längeres Warten verlangt.</translation>
    </message>
    <message>
        <source>Time limit for one attempt (0 = unlimited).</source>
        <translation>Zeitlimit für einen Versuch (0 = unbegrenzt).</translation>
    </message>
    <message>
        <source>Time limit for all attempts together (0 = unlimited).</source>
        <translation>Zeitlimit für alle Versuche zusammen (0 = unbegrenzt).</translation>
    </message>
    <message>
        <source>Resume after crash, at most</source>
        <translation>Nach Absturz fortsetzen, höchstens</translation>
    </message>
    <message>
        <source>Stop auto-resuming after this many crashes without progress.</source>
        <translation>Nach so vielen Abstürzen ohne Fortschritt nicht mehr automatisch fortsetzen.</translation>
    </message>
    <message>
        <source>Pause a host after this many failures in a row.</source>
        <translation>Host nach so vielen Fehlern in Folge pausieren.</translation>
    </message>
    <message>
        <source>Pause a failing host for</source>
        <translation>Fehlerhaften Host pausieren für</translation>
    </message>
    <message>
        <source>First pause; it grows while the host keeps failing.</source>
        <translation>Erste Pause; sie wächst, solange der Host Fehler liefert.</translation>
    </message>
    <message>
        <source>Test downloads</source>
        <translation>Test-Downloads</translation>
    </message>
    <message>
        <source>Downloads that must succeed before a paused host is OK again.</source>
        <translation>So viele Downloads müssen gelingen, bevor ein pausierter Host wieder OK ist.</translation>
    </message>
    <message>
        <source>Failure share</source>
        <translation>Fehleranteil</translation>
    </message>
    <message>
        <source>Also pause a host when this share of requests fails (0 = off).</source>
        <translation>Host auch pausieren, wenn dieser Anteil der Anfragen fehlschlägt (0 = aus).</translation>
    </message>
    <message>
        <source>Failure window</source>
        <translation>Zeitfenster für Fehler</translation>
    </message>
    <message>
        <source>Time span for the failure share.</source>
        <translation>Zeitraum für den Fehleranteil.</translation>
    </message>
    <message>
        <source>Minimum requests</source>
        <translation>Mindestanzahl Anfragen</translation>
    </message>
    <message>
        <source>Minimum requests before the share counts.</source>
        <translation>So viele Anfragen sind nötig, damit der Anteil zählt.</translation>
    </message>
    <message>
        <source>Slow response</source>
        <translation>Langsame Antwort</translation>
    </message>
    <message>
        <source>Treat slower responses as failures (0 = off).</source>
        <translation>Langsamere Antworten als Fehler werten (0 = aus).</translation>
    </message>
    <message>
        <source>Downloads at the same time.</source>
        <translation>Gleichzeitige Downloads.</translation>
    </message>
    <message>
        <source>Max. per host</source>
        <translation>Max. pro Host</translation>
    </message>
    <message>
        <source>Downloads at once from one host (0 = no limit).</source>
        <translation>Gleichzeitige Downloads von einem Host (0 = unbegrenzt).</translation>
    </message>
    <message>
        <source>Connections used for large files.</source>
        <translation>Verbindungen für große Dateien.</translation>
    </message>
    <message>
        <source>Download schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Only download between these times, such as 22:00-07:00.</source>
        <translation>Nur in diesen Zeiten herunterladen, etwa 22:00-07:00.</translation>
    </message>
    <message>
        <source>Total speed limit</source>
        <translation>Gesamtes Geschwindigkeitslimit</translation>
    </message>
    <message>
        <source>For all downloads together (0 = unlimited).</source>
        <translation>Für alle Downloads zusammen (0 = unbegrenzt).</translation>
    </message>
    <message>
        <source>Speed limit per download</source>
        <translation>Geschwindigkeitslimit pro Download</translation>
    </message>
    <message>
        <source>For each download (0 = unlimited).</source>
        <translation>Für jeden Download (0 = unbegrenzt).</translation>
    </message>
    <message>
        <source>Automatically resume downloads after a restart.</source>
        <translation>Downloads nach einem Neustart automatisch fortsetzen.</translation>
    </message>
    <message>
        <source>Ask before throwing away more than this much partial data (0 = never ask).</source>
        <translation>Nachfragen, bevor mehr als diese Menge Teildaten verworfen wird (0 = nie fragen).</translation>
    </message>
    <message>
        <source>Check links before adding them</source>
        <translation>Links vor dem Hinzufügen prüfen</translation>
    </message>
    <message>
        <source>Turn off for links that work only once.</source>
        <translation>Für Links ausschalten, die nur einmal funktionieren.</translation>
    </message>
    <message>
        <source>Close to tray</source>
        <translation>In die Taskleiste schließen</translation>
    </message>
    <message>
        <source>Keep running in the tray when the window is closed.</source>
        <translation>Im Infobereich weiterlaufen, wenn das Fenster geschlossen wird.</translation>
    </message>
    <message>
        <source>Quitting pauses running downloads.</source>
        <translation>Beenden hält laufende Downloads an.</translation>
    </message>
    <message>
        <source>Show a desktop notification.</source>
        <translation>Eine Desktop-Benachrichtigung anzeigen.</translation>
    </message>
    <message>
        <source>Notify when downloads need attention</source>
        <translation>Benachrichtigen, wenn Downloads Aufmerksamkeit brauchen</translation>
    </message>
    <message>
        <source>Show a desktop notification when a download fails.</source>
        <translation>Eine Desktop-Benachrichtigung anzeigen, wenn ein Download fehlschlägt.</translation>
    </message>
    <message>
        <source>The screen may still turn off.</source>
        <translation>Der Bildschirm darf sich trotzdem ausschalten.</translation>
    </message>
    <message>
        <source>Start with your session.</source>
        <translation>Mit Ihrer Sitzung starten.</translation>
    </message>
    <message>
        <source>For example http://proxy.example:3128. Empty = system proxy.</source>
        <translation>Zum Beispiel http://proxy.example:3128. Leer = System-Proxy.</translation>
    </message>
    <message>
        <source>Give up connecting after this long.</source>
        <translation>Verbindungsaufbau nach dieser Zeit abbrechen.</translation>
    </message>
    <message>
        <source>Reconnect if no data arrives for this long.</source>
        <translation>Neu verbinden, wenn so lange keine Daten ankommen.</translation>
    </message>
    <message>
        <source>Default folder for new downloads.</source>
        <translation>Standardordner für neue Downloads.</translation>
    </message>
    <message>
        <source>Address of a mirror. Empty = HF_ENDPOINT or huggingface.co.</source>
        <translation>Adresse eines Spiegelservers. Leer = HF_ENDPOINT oder huggingface.co.</translation>
    </message>
    <message>
        <source>Address of a mirror. Empty = civitai.com.</source>
        <translation>Adresse eines Spiegelservers. Leer = civitai.com.</translation>
    </message>
    <message>
        <source>ModelScope address</source>
        <translation>ModelScope-Adresse</translation>
    </message>
    <message>
        <source>Address of a mirror. Empty = www.modelscope.cn.</source>
        <translation>Adresse eines Spiegelservers. Leer = www.modelscope.cn.</translation>
    </message>
    <message>
        <source>ModelScope address (modelscope.ai)</source>
        <translation>ModelScope-Adresse (modelscope.ai)</translation>
    </message>
    <message>
        <source>Address of a mirror. Empty = www.modelscope.ai.</source>
        <translation>Adresse eines Spiegelservers. Leer = www.modelscope.ai.</translation>
    </message>
    <message>
        <source>GitHub address</source>
        <translation>GitHub-Adresse</translation>
    </message>
    <message>
        <source>Address of a mirror. Empty = GITHUB_SERVER_URL or github.com.</source>
        <translation>Adresse eines Spiegelservers. Leer = GITHUB_SERVER_URL oder github.com.</translation>
    </message>
    <message>
        <source>GitHub API address</source>
        <translation>GitHub-API-Adresse</translation>
    </message>
    <message>
        <source>Address of a mirror. Empty = GITHUB_API_URL or api.github.com.</source>
        <translation>Adresse eines Spiegelservers. Leer = GITHUB_API_URL oder api.github.com.</translation>
    </message>
    <message>
        <source>Follow the system, or always light or dark.</source>
        <translation>Wie das System, oder immer hell oder dunkel.</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Such as de; empty for the system&apos;s language. Takes effect after restart.</source>
        <translation>Etwa de; leer für die Systemsprache. Gilt nach einem Neustart.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
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
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>Keep history for</source>
        <translation>Verlauf behalten für</translation>
    </message>
    <message>
        <source>Keep finished downloads in the list for this many days (0 = forever).</source>
        <translation>Fertige Downloads so viele Tage in der Liste behalten (0 = immer).</translation>
    </message>
    <message>
        <source>Maximum history size (0 = unlimited).</source>
        <translation>Maximale Größe des Verlaufs (0 = unbegrenzt).</translation>
    </message>
</context>
<context>
    <name>speed</name>
    <message>
        <source>No data in the last {time}</source>
        <translation>Keine Daten in den letzten {time}</translation>
    </message>
    <message>
        <source>{now} now, {mean} average, {peak} peak</source>
        <translation>{now} jetzt, {mean} Mittel, {peak} Spitze</translation>
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
    <name>totals</name>
    <message>
        <source>{count} running</source>
        <translation>{count} in Arbeit</translation>
    </message>
    <message>
        <source>{count} waiting</source>
        <translation>{count} warten</translation>
    </message>
    <message>
        <source>No active downloads</source>
        <translation>Keine aktiven Downloads</translation>
    </message>
    <message>
        <source>{figure} %</source>
        <translation>{figure} %</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Queued</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting to retry</source>
        <translation>Wartet auf neuen Versuch</translation>
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
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>{count} queued</source>
        <translation>{count} wartend</translation>
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
        <translation>{count} fehlgeschlagen</translation>
    </message>
    <message>
        <source>Resuming…</source>
        <translation>Wird fortgesetzt…</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Retrying…</source>
        <translation>Wird erneut versucht…</translation>
    </message>
    <message>
        <source>Removing…</source>
        <translation>Wird entfernt…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation>{count} fertig</translation>
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
        <source>Checking</source>
        <translation>Wird geprüft</translation>
    </message>
    <message>
        <source>Moving into place</source>
        <translation>Wird abgelegt</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>No attempts yet.</source>
        <translation>Noch keine Versuche.</translation>
    </message>
    <message>
        <source>Attempt {number}. Without new data, attempt {limit} is the last; progress allows more.</source>
        <translation>Versuch {number}. Ohne neue Daten ist Versuch {limit} der letzte; Fortschritt erlaubt weitere.</translation>
    </message>
    <message>
        <source>The program was closed</source>
        <translation>Das Programm wurde geschlossen</translation>
    </message>
    <message>
        <source>Saved to {folder}</source>
        <translation>Gespeichert in {folder}</translation>
    </message>
    <message>
        <source>Waiting for a free slot</source>
        <translation>Wartet auf einen freien Platz</translation>
    </message>
    <message>
        <source>Next up (ignores the schedule)</source>
        <translation>Als Nächstes (ignoriert den Zeitplan)</translation>
    </message>
    <message>
        <source>Connecting to {host}…</source>
        <translation>Verbindung zu {host}…</translation>
    </message>
    <message>
        <source>Then: check SHA-256 and move into place</source>
        <translation>Danach: SHA-256 prüfen und ablegen</translation>
    </message>
    <message>
        <source>Then: move into place</source>
        <translation>Danach: ablegen</translation>
    </message>
    <message>
        <source>Checking {name}…</source>
        <translation>{name} wird geprüft…</translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation>Wird abgeschlossen…</translation>
    </message>
    <message>
        <source>Retrying now</source>
        <translation>Neuer Versuch jetzt</translation>
    </message>
    <message>
        <source>Retrying in {time}</source>
        <translation>Neuer Versuch in {time}</translation>
    </message>
    <message>
        <source>Unknown error</source>
        <translation>Unbekannter Fehler</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Nicht gestartet</translation>
    </message>
    <message>
        <source>Paused at {size}</source>
        <translation>Angehalten bei {size}</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>Läuft nicht</translation>
    </message>
    <message>
        <source>{program} (PID {number})</source>
        <translation>{program} (PID {number})</translation>
    </message>
    <message>
        <source>{who}, not responding for {silence}; will be taken over in {left}</source>
        <translation>{who}, reagiert seit {silence} nicht; wird in {left} übernommen</translation>
    </message>
    <message>
        <source>{who}, not responding for {silence}; will be taken over</source>
        <translation>{who}, reagiert seit {silence} nicht; wird übernommen</translation>
    </message>
    <message>
        <source>{button} is not possible for {name}: {why}.</source>
        <translation>{button} nicht möglich für {name}: {why}.</translation>
    </message>
    <message>
        <source>{number} of {limit}</source>
        <translation>{number} von {limit}</translation>
    </message>
    <message>
        <source>high</source>
        <translation>hoch</translation>
    </message>
    <message>
        <source>low</source>
        <translation>niedrig</translation>
    </message>
    <message>
        <source>the server</source>
        <translation>der Server</translation>
    </message>
    <message numerus="yes">
        <source>Finished after %n attempt(s).</source>
        <translation>
            <numerusform>Fertig nach %n Versuchen.</numerusform>
            <numerusform>Fertig nach %n Versuchen.</numerusform>
        </translation>
    </message>
</context>
</TS>
