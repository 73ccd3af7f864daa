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
    <name>AccountRow</name>
    <message>
        <source>Asking the keyring…</source>
        <translation>Der Schlüsselbund wird gefragt…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
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
        <source>paste another token</source>
        <translation>anderes Token einfügen</translation>
    </message>
    <message>
        <source>paste a token</source>
        <translation>Token einfügen</translation>
    </message>
    <message>
        <source>Held fixed by the environment variable {name}.</source>
        <translation>Festgelegt durch die Umgebungsvariable {name}.</translation>
    </message>
    <message>
        <source>There is a token in the system&apos;s keyring.</source>
        <translation>Im Schlüsselbund des Systems ist ein Token.</translation>
    </message>
    <message>
        <source>There is a token from a link, until the program ends.</source>
        <translation>Es gibt ein Token aus einem Link, bis das Programm endet.</translation>
    </message>
    <message>
        <source>There is a token until the program ends; the system&apos;s keyring could not take it: {why}.</source>
        <translation>Es gibt ein Token, bis das Programm endet; der Schlüsselbund des Systems konnte es nicht nehmen: {why}.</translation>
    </message>
    <message>
        <source>No token. The system&apos;s keyring cannot be asked: {why}.</source>
        <translation>Kein Token. Der Schlüsselbund des Systems lässt sich nicht fragen: {why}.</translation>
    </message>
    <message>
        <source>No token. Public files need none.</source>
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
        <source>Kept in the system&apos;s keyring, shown nowhere</source>
        <translation>Liegt im Schlüsselbund des Systems, wird nirgends gezeigt</translation>
    </message>
</context>
<context>
    <name>AccountsPage</name>
    <message>
        <source>Tokens are kept in the system&apos;s keyring and sent to their site alone. They are never stored here.</source>
        <translation>Token liegen im Schlüsselbund des Systems und gehen nur an ihre Website. Hier werden sie nie gespeichert.</translation>
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
        <source>To the &amp;front</source>
        <translation>Ganz nach &amp;vorn</translation>
    </message>
    <message>
        <source>Let it be the next</source>
        <translation>Als Nächstes an die Reihe nehmen</translation>
    </message>
    <message>
        <source>&amp;Up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Let it come before the one before</source>
        <translation>Vor den davor stellen</translation>
    </message>
    <message>
        <source>&amp;Down</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Let it come behind the one behind</source>
        <translation>Hinter den danach stellen</translation>
    </message>
    <message>
        <source>To the &amp;back</source>
        <translation>Ganz nach &amp;hinten</translation>
    </message>
    <message>
        <source>Let it be the last</source>
        <translation>Als Letztes an die Reihe nehmen</translation>
    </message>
    <message>
        <source>&amp;High priority</source>
        <translation>Hohe&amp;r Vorrang</translation>
    </message>
    <message>
        <source>Before all of normal priority</source>
        <translation>Vor allem mit normalem Vorrang</translation>
    </message>
    <message>
        <source>&amp;Normal priority</source>
        <translation>&amp;Normaler Vorrang</translation>
    </message>
    <message>
        <source>As most downloads</source>
        <translation>Wie die meisten Downloads</translation>
    </message>
    <message>
        <source>&amp;Low priority</source>
        <translation>N&amp;iedriger Vorrang</translation>
    </message>
    <message>
        <source>Behind all of normal priority</source>
        <translation>Hinter allem mit normalem Vorrang</translation>
    </message>
    <message>
        <source>What &amp;needs you</source>
        <translation>Was Sie b&amp;raucht</translation>
    </message>
    <message>
        <source>Go to what needs you; again for the next one</source>
        <translation>Zu dem gehen, was Sie braucht; noch einmal für das Nächste</translation>
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
        <source>&amp;Attempts</source>
        <translation>&amp;Versuche</translation>
    </message>
    <message>
        <source>See every attempt of the selection</source>
        <translation>Jeden Versuch der Auswahl sehen</translation>
    </message>
    <message>
        <source>L&amp;og</source>
        <translation>&amp;Protokoll</translation>
    </message>
    <message>
        <source>Read what happened, in order</source>
        <translation>Der Reihe nach lesen, was geschah</translation>
    </message>
    <message>
        <source>&amp;Speed</source>
        <translation>&amp;Tempo</translation>
    </message>
    <message>
        <source>See how fast it has been coming</source>
        <translation>Sehen, wie schnell es zuletzt kam</translation>
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
        <source>Folder</source>
        <translation>Ordner</translation>
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
        <source>Links</source>
        <translation>Links</translation>
    </message>
    <message>
        <source>one on each line: https://…  [SHA-256]  [file name]</source>
        <translation>einer je Zeile: https://…  [SHA-256]  [Dateiname]</translation>
    </message>
    <message>
        <source>where the files go</source>
        <translation>wohin die Dateien kommen</translation>
    </message>
    <message>
        <source>checked before it is installed; or blake3:…</source>
        <translation>wird vor dem Ablegen geprüft; oder blake3:…</translation>
    </message>
    <message>
        <source>Open a list…</source>
        <translation>Liste öffnen…</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>{added} were added. What is left could not be; the table says why.</source>
        <translation>{added} wurden hinzugefügt. Beim Rest ging es nicht; die Tabelle sagt, warum.</translation>
    </message>
    <message>
        <source>None of them could be added; the table says why.</source>
        <translation>Nichts davon konnte hinzugefügt werden; die Tabelle sagt, warum.</translation>
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
        <source>{count} lines cannot be used; the table says why.</source>
        <translation>{count} Zeilen sind nicht zu gebrauchen; die Tabelle sagt, warum.</translation>
    </message>
    <message>
        <source>A line cannot be used; the table says why.</source>
        <translation>Eine Zeile ist nicht zu gebrauchen; die Tabelle sagt, warum.</translation>
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
        <source>What needs you</source>
        <translation>Was Sie braucht</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
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
        <source>Put it off until something new happens to it</source>
        <translation>Zurückstellen, bis wieder etwas damit geschieht</translation>
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
    <name>DiscardQuestion</name>
    <message>
        <source>Discard and start over</source>
        <translation>Verwerfen und neu beginnen</translation>
    </message>
    <message>
        <source>Discard what came of {count} downloads?</source>
        <translation>Verwerfen, was von {count} Downloads ankam?</translation>
    </message>
    <message>
        <source>Discard what came of {name}?</source>
        <translation>Verwerfen, was von {name} ankam?</translation>
    </message>
    <message>
        <source>After that the file is fetched from its beginning.</source>
        <translation>Danach wird die Datei von Anfang an geholt.</translation>
    </message>
    <message>
        <source>Discard {size} and start over</source>
        <translation>{size} verwerfen und neu beginnen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
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
        <source>What is known</source>
        <translation>Was bekannt ist</translation>
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
        <source>What is known of the files</source>
        <translation>Was von den Dateien bekannt ist</translation>
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
        <source>{count} older finished ones are not listed</source>
        <translation>{count} ältere, die fertig sind, stehen nicht hier</translation>
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
    <name>Fixes</name>
    <message>
        <source>Free now: {size}</source>
        <translation>Jetzt frei: {size}</translation>
    </message>
    <message>
        <source>Paste a link with the token or the password in it. It is used now, and never stored.</source>
        <translation>Fügen Sie einen Link ein, der das Token oder das Passwort enthält. Es wird jetzt benutzt und nie gespeichert.</translation>
    </message>
    <message>
        <source>Paste it here: it is kept in the system&apos;s keyring, and sent to {site} alone.</source>
        <translation>Fügen Sie es hier ein: Es liegt im Schlüsselbund des Systems und geht nur an {site}.</translation>
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
        <source>Paste the link of the same file.</source>
        <translation>Fügen Sie den Link derselben Datei ein.</translation>
    </message>
    <message>
        <source>What was fetched is kept where the SHA-256 is known, or only what follows a question mark differs.</source>
        <translation>Was geholt wurde, bleibt, wenn die SHA-256 bekannt ist oder sich nur unterscheidet, was hinter einem Fragezeichen steht.</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>Go on with this link</source>
        <translation>Mit diesem Link weiter</translation>
    </message>
    <message>
        <source>What was fetched goes with it, if its folder can be reached, and stays there if not.</source>
        <translation>Was geholt wurde, geht mit, wenn sein Ordner erreichbar ist, und bleibt sonst dort.</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Download there</source>
        <translation>Dorthin laden</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Einen Ordner wählen</translation>
    </message>
    <message>
        <source>What was fetched is kept and gets the new name; the other file is not touched.</source>
        <translation>Was geholt wurde, bleibt und bekommt den neuen Namen; die andere Datei wird nicht angerührt.</translation>
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
        <source>The folder is open: make room on its disk, then try again.</source>
        <translation>Der Ordner ist offen: Schaffen Sie Platz auf seiner Platte und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
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
        <source>I have accepted it: try again</source>
        <translation>Zugestimmt: erneut versuchen</translation>
    </message>
    <message>
        <source>Open it again</source>
        <translation>Noch einmal öffnen</translation>
    </message>
    <message>
        <source>The link is open in your browser. Sign in there if it asks you to, then try again.</source>
        <translation>Der Link ist in Ihrem Browser offen. Melden Sie sich dort an, falls das verlangt wird, und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>A certificate counts between two dates, so a clock that is wrong makes good ones look bad. If the clock is right, somebody may be listening, or the server&apos;s keeper has let it run out.</source>
        <translation>Ein Zertifikat gilt zwischen zwei Tagen; geht die Uhr falsch, sehen daher auch gute schlecht aus. Geht sie richtig, hört vielleicht jemand mit, oder wer den Server betreibt, hat es ablaufen lassen.</translation>
    </message>
    <message>
        <source>This computer&apos;s clock says: {now}</source>
        <translation>Die Uhr dieses Rechners zeigt: {now}</translation>
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
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Last hours</source>
        <translation>Letzte Stunden</translation>
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
        <source>Scroll the host</source>
        <translation>Durch den Server blättern</translation>
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
        <source>What happened</source>
        <translation>Was geschah</translation>
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
        <source>Copy the selected lines, else all of them</source>
        <translation>Die ausgewählten Zeilen kopieren, sonst alle</translation>
    </message>
    <message>
        <source>What happened to everything; select a download to see only what is about it.</source>
        <translation>Was mit allem geschah; wählen Sie einen Download, um nur zu sehen, was ihn betrifft.</translation>
    </message>
    <message>
        <source>What happened to what is selected.</source>
        <translation>Was mit dem Ausgewählten geschah.</translation>
    </message>
</context>
<context>
    <name>LowerPane</name>
    <message>
        <source>What to see of the selection</source>
        <translation>Was von der Auswahl zu sehen ist</translation>
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
        <translation>Tempo</translation>
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
        <source>Totals: {words}</source>
        <translation>Summen: {words}</translation>
    </message>
    <message>
        <source>There is no http or https link in the clipboard.</source>
        <translation>In der Zwischenablage ist kein http- oder https-Link.</translation>
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
    <message>
        <source>Queue</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Whose turn is when. Sort by it to drag rows to another place.</source>
        <translation>Was wann an der Reihe ist. Sortieren Sie danach, um Zeilen an eine andere Stelle zu ziehen.</translation>
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
        <source>Say whose turn is when</source>
        <translation>Festlegen, was wann an der Reihe ist</translation>
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
        <source>Do not ask again</source>
        <translation>Nicht mehr fragen</translation>
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
        <source>Browse…</source>
        <translation>Durchsuchen…</translation>
    </message>
    <message>
        <source>Browse for a folder</source>
        <translation>Einen Ordner suchen</translation>
    </message>
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
    <message>
        <source>Write these settings to a file, without passwords and tokens</source>
        <translation>Diese Einstellungen in eine Datei schreiben, ohne Passwörter und Token</translation>
    </message>
    <message>
        <source>Take settings over from a file, all of them or none</source>
        <translation>Einstellungen aus einer Datei übernehmen, alle oder keine</translation>
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
        <source>Speed of the last minutes</source>
        <translation>Tempo der letzten Minuten</translation>
    </message>
    <message>
        <source>MB/s</source>
        <translation>MB/s</translation>
    </message>
    <message>
        <source>The speed of the last five minutes appears here as soon as something comes.</source>
        <translation>Das Tempo der letzten fünf Minuten erscheint hier, sobald etwas kommt.</translation>
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
        <translation>{count} gescheitert</translation>
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
    <name>accounts</name>
    <message>
        <source>The token for {site} is used until the program ends.</source>
        <translation>Das Token für {site} gilt, bis das Programm endet.</translation>
    </message>
    <message>
        <source>The system&apos;s keyring could not keep it: {why}. To have it at the next start, too, set the environment variable {variable}.</source>
        <translation>Der Schlüsselbund des Systems konnte es nicht behalten: {why}. Damit es auch beim nächsten Start da ist, setzen Sie die Umgebungsvariable {variable}.</translation>
    </message>
    <message>
        <source>The settings are in {name} now, without passwords and tokens.</source>
        <translation>Die Einstellungen stehen jetzt in {name}, ohne Passwörter und Token.</translation>
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
        <source>%n of them are held fixed here by environment variables.</source>
        <translation>
            <numerusform>%n davon ist hier durch eine Umgebungsvariable festgelegt.</numerusform>
            <numerusform>%n davon sind hier durch Umgebungsvariablen festgelegt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s) were taken over from {name}.</source>
        <translation>
            <numerusform>%n Einstellung wurde aus {name} übernommen.</numerusform>
            <numerusform>%n Einstellungen wurden aus {name} übernommen.</numerusform>
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
        <source>{name} could not be read as a list of links: {why}.</source>
        <translation>{name} ließ sich nicht als Liste von Links lesen: {why}.</translation>
    </message>
    <message>
        <source>It could not be added: {error}. The terminal says more.</source>
        <translation>Es konnte nicht hinzugefügt werden: {error}. Das Terminal sagt mehr.</translation>
    </message>
</context>
<context>
    <name>app</name>
    <message>
        <source>The environment variable {name} holds this setting fixed.</source>
        <translation>Die Umgebungsvariable {name} legt diese Einstellung fest.</translation>
    </message>
</context>
<context>
    <name>attention</name>
    <message>
        <source>Let it go</source>
        <translation>Freigeben</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>Alles fortsetzen</translation>
    </message>
    <message>
        <source>{scope} is held back by a person</source>
        <translation>{scope} ist von Hand gesperrt</translation>
    </message>
    <message>
        <source>{name} was interrupted</source>
        <translation>{name} wurde unterbrochen</translation>
    </message>
    <message>
        <source>The settings say that a person resumes what was interrupted. What was fetched is kept.</source>
        <translation>Die Einstellungen sagen, dass Unterbrochenes von Hand fortgesetzt wird. Was geholt wurde, bleibt.</translation>
    </message>
    <message>
        <source>it failed</source>
        <translation>gescheitert</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) were interrupted</source>
        <translation>
            <numerusform>%n Download wurde unterbrochen</numerusform>
            <numerusform>%n Downloads wurden unterbrochen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) wait until the host is let go.</source>
        <translation>
            <numerusform>%n Download wartet, bis der Server freigegeben wird.</numerusform>
            <numerusform>%n Downloads warten, bis der Server freigegeben wird.</numerusform>
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
        <source>These are more than {most} links. Add them in parts.</source>
        <translation>Das sind mehr als {most} Links. Fügen Sie sie in Teilen hinzu.</translation>
    </message>
    <message>
        <source>This is not complete yet.</source>
        <translation>Das ist noch nicht vollständig.</translation>
    </message>
    <message>
        <source>In the list already; adding it again resumes it.</source>
        <translation>Schon in der Liste; noch einmal hinzugefügt, wird es fortgesetzt.</translation>
    </message>
    <message>
        <source>Another download goes to this file. Choose another name.</source>
        <translation>Ein anderer Download geht in diese Datei. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>A file of this name is in the folder already.</source>
        <translation>Eine Datei dieses Namens ist schon im Ordner.</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt…</translation>
    </message>
    <message>
        <source>{problem} It can be added all the same.</source>
        <translation>{problem} Es kann trotzdem hinzugefügt werden.</translation>
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
        <source>{size} free: that does not fit</source>
        <translation>{size} frei: Das passt nicht</translation>
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
        <source>{failed} of {ended} attempts failed in {time}</source>
        <translation>{failed} von {ended} Versuchen in {time} gescheitert</translation>
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
    <name>log</name>
    <message>
        <source>put into the queue</source>
        <translation>in die Warteschlange gestellt</translation>
    </message>
    <message>
        <source>taken up by a program</source>
        <translation>von einem Programm übernommen</translation>
    </message>
    <message>
        <source>taken off the list</source>
        <translation>von der Liste genommen</translation>
    </message>
    <message>
        <source>given another place in the queue</source>
        <translation>an eine andere Stelle der Warteschlange gestellt</translation>
    </message>
    <message>
        <source>where it comes from or goes to was changed</source>
        <translation>woher es kommt oder wohin es geht, wurde geändert</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>in der Schlange</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
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
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>attempt {number} began</source>
        <translation>Versuch {number} begonnen</translation>
    </message>
    <message>
        <source>attempt {number} succeeded</source>
        <translation>Versuch {number} gelungen</translation>
    </message>
    <message>
        <source>attempt {number} failed</source>
        <translation>Versuch {number} gescheitert</translation>
    </message>
    <message>
        <source>attempt {number} paused</source>
        <translation>Versuch {number} angehalten</translation>
    </message>
    <message>
        <source>attempt {number} cancelled</source>
        <translation>Versuch {number} abgebrochen</translation>
    </message>
    <message>
        <source>attempt {number} interrupted</source>
        <translation>Versuch {number} unterbrochen</translation>
    </message>
    <message>
        <source>trusted again: calls go through</source>
        <translation>wieder vertraut: Anfragen gehen durch</translation>
    </message>
    <message>
        <source>left alone</source>
        <translation>in Ruhe gelassen</translation>
    </message>
    <message>
        <source>being probed by a single call</source>
        <translation>wird mit einer einzelnen Anfrage geprüft</translation>
    </message>
    <message>
        <source>held back by a person</source>
        <translation>von Hand gesperrt</translation>
    </message>
    <message>
        <source>the setting {field} was changed from {before} to {after}</source>
        <translation>die Einstellung {field} wurde von {before} auf {after} geändert</translation>
    </message>
    <message>
        <source>attempt {number} goes on from {size}</source>
        <translation>Versuch {number} macht bei {size} weiter</translation>
    </message>
    <message>
        <source>a person asked: {button}</source>
        <translation>von Hand verlangt: {button}</translation>
    </message>
    <message>
        <source>what was asked was answered: {answer}</source>
        <translation>was verlangt wurde, wurde beantwortet: {answer}</translation>
    </message>
    <message>
        <source>{what} by {who}</source>
        <translation>{what} ({who})</translation>
    </message>
</context>
<context>
    <name>news</name>
    <message>
        <source>{name} needs you</source>
        <translation>{name} braucht Sie</translation>
    </message>
    <message>
        <source>{name} has finished</source>
        <translation>{name} ist fertig</translation>
    </message>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} und {count} weitere</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) need you</source>
        <translation>
            <numerusform>%n Download braucht Sie</numerusform>
            <numerusform>%n Downloads brauchen Sie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) have finished</source>
        <translation>
            <numerusform>%n Download ist fertig</numerusform>
            <numerusform>%n Downloads sind fertig</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>recorded</name>
    <message>
        <source>waiting {time}, then attempt {next} of {limit}: the server asked for it</source>
        <translation>wartet {time}, dann Versuch {next} von {limit}: der Server bat darum</translation>
    </message>
    <message>
        <source>waiting {time}, then attempt {next} of {limit}: {cause}</source>
        <translation>wartet {time}, dann Versuch {next} von {limit}: {cause}</translation>
    </message>
    <message>
        <source>waiting {time}, then attempt {next} of {limit}</source>
        <translation>wartet {time}, dann Versuch {next} von {limit}</translation>
    </message>
    <message>
        <source>waiting {time}: {host} failed {count} times in a row</source>
        <translation>wartet {time}: {host} ist {count}-mal in Folge gescheitert</translation>
    </message>
    <message>
        <source>waiting {time}: {cause}</source>
        <translation>wartet {time}: {cause}</translation>
    </message>
    <message>
        <source>waiting {time}</source>
        <translation>wartet {time}</translation>
    </message>
    <message>
        <source>waiting until a person lets calls to {host} through</source>
        <translation>wartet, bis jemand Anfragen an {host} freigibt</translation>
    </message>
    <message>
        <source>not retried: the server asked for {time}, longer than the {most} allowed</source>
        <translation>nicht erneut versucht: der Server verlangte {time}, mehr als die erlaubten {most}</translation>
    </message>
    <message>
        <source>not retried: too many calls to {host} have failed of late</source>
        <translation>nicht erneut versucht: zuletzt sind zu viele Anfragen an {host} gescheitert</translation>
    </message>
    <message>
        <source>not retried: retries are set to 0</source>
        <translation>nicht erneut versucht: Wiederholungen sind auf 0 gesetzt</translation>
    </message>
    <message>
        <source>not retried: {cause}</source>
        <translation>nicht erneut versucht: {cause}</translation>
    </message>
    <message>
        <source>not tried: {cause}</source>
        <translation>nicht versucht: {cause}</translation>
    </message>
    <message>
        <source>gave up: the next wait of {time} goes beyond the time allowed in all</source>
        <translation>aufgegeben: die nächste Wartezeit von {time} überschreitet die insgesamt erlaubte Zeit</translation>
    </message>
    <message>
        <source>gave up after {count} attempts: the last {last} brought nothing new</source>
        <translation>aufgegeben nach {count} Versuchen: die letzten {last} brachten nichts Neues</translation>
    </message>
    <message>
        <source>Resume it later</source>
        <translation>Setzen Sie es später fort</translation>
    </message>
    <message>
        <source>Resume it later: the site gives out addresses that do not work now</source>
        <translation>Setzen Sie es später fort: der Anbieter gibt Adressen aus, die gerade nicht gehen</translation>
    </message>
    <message>
        <source>{host} is failing: {cause}</source>
        <translation>{host} scheitert: {cause}</translation>
    </message>
    <message>
        <source>{host} is held back</source>
        <translation>{host} ist gesperrt</translation>
    </message>
    <message>
        <source>held back</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>the program was ended</source>
        <translation>das Programm wurde beendet</translation>
    </message>
    <message>
        <source>paused by a person; resuming goes on from here</source>
        <translation>von Hand angehalten; beim Fortsetzen geht es hier weiter</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>dauerte {time}</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>trying again at once: {cause}</source>
        <translation>neuer Versuch sofort: {cause}</translation>
    </message>
    <message>
        <source>not retried: the strategy says so ({why})</source>
        <translation>nicht erneut versucht: So will es die Strategie ({why})</translation>
    </message>
    <message>
        <source>it was given up after {time}, the time allowed for it</source>
        <translation>nach {time}, der erlaubten Zeit, aufgegeben</translation>
    </message>
    <message>
        <source>cancelled by a person; what was fetched is kept until it is removed</source>
        <translation>von Hand abgebrochen; was geholt wurde, bleibt, bis es entfernt wird</translation>
    </message>
    <message>
        <source>what was fetched is kept; resuming goes on from there</source>
        <translation>was geholt wurde, bleibt; Fortsetzen macht dort weiter</translation>
    </message>
    <message>
        <source>parked; it goes on from here by itself</source>
        <translation>geparkt; es macht von selbst hier weiter</translation>
    </message>
    <message>
        <source>parked: it {cause}</source>
        <translation>geparkt: {cause}</translation>
    </message>
    <message>
        <source>resumed by a person</source>
        <translation>von Hand fortgesetzt</translation>
    </message>
    <message>
        <source>resumed at the program&apos;s start</source>
        <translation>beim Start des Programms fortgesetzt</translation>
    </message>
    <message>
        <source>sent elsewhere by a person</source>
        <translation>von Hand anderswohin geschickt</translation>
    </message>
    <message>
        <source>taken up again</source>
        <translation>wieder aufgenommen</translation>
    </message>
    <message>
        <source>asked for again</source>
        <translation>noch einmal verlangt</translation>
    </message>
    <message>
        <source>its process is lost each time</source>
        <translation>sein Prozess geht jedes Mal verloren</translation>
    </message>
    <message>
        <source>given up: {count} processes that worked on it were lost one after the other, and it came no further</source>
        <translation>aufgegeben: {count} Prozesse, die daran arbeiteten, gingen nacheinander verloren, und es kam nicht voran</translation>
    </message>
    <message>
        <source>find out what ends them, then resume it</source>
        <translation>finden Sie heraus, was sie beendet, und setzen Sie es dann fort</translation>
    </message>
    <message>
        <source>this computer was asleep</source>
        <translation>dieser Rechner hat geschlafen</translation>
    </message>
    <message>
        <source>connection reset</source>
        <translation>Verbindung zurückgesetzt</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
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
        <source>connection closed early</source>
        <translation>Verbindung vorzeitig geschlossen</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>Verbindung verloren</translation>
    </message>
    <message>
        <source>connection timed out</source>
        <translation>Verbindung kam nicht rechtzeitig zustande</translation>
    </message>
    <message>
        <source>connecting took too long</source>
        <translation>das Verbinden dauerte zu lange</translation>
    </message>
    <message>
        <source>no connection could be made</source>
        <translation>es kam keine Verbindung zustande</translation>
    </message>
    <message>
        <source>network unreachable</source>
        <translation>Netz nicht erreichbar</translation>
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
        <source>timed out</source>
        <translation>Zeit abgelaufen</translation>
    </message>
    <message>
        <source>the server went silent</source>
        <translation>der Server verstummte</translation>
    </message>
    <message>
        <source>the server closed the connection</source>
        <translation>der Server schloss die Verbindung</translation>
    </message>
    <message>
        <source>nothing came from the server</source>
        <translation>vom Server kam nichts</translation>
    </message>
    <message>
        <source>nothing came from the server for {time}</source>
        <translation>{time} lang kam nichts vom Server</translation>
    </message>
    <message>
        <source>no whole answer came from the server for {time}</source>
        <translation>{time} lang kam keine ganze Antwort vom Server</translation>
    </message>
    <message>
        <source>the connection closed {size} before the end</source>
        <translation>die Verbindung schloss {size} vor dem Ende</translation>
    </message>
    <message>
        <source>the transfer failed</source>
        <translation>die Übertragung scheiterte</translation>
    </message>
    <message>
        <source>the answer could not be understood</source>
        <translation>die Antwort war nicht zu verstehen</translation>
    </message>
    <message>
        <source>the server&apos;s answer makes no sense</source>
        <translation>die Antwort des Servers ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>the address makes no sense</source>
        <translation>die Adresse ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>the host {name} was not found</source>
        <translation>der Server {name} wurde nicht gefunden</translation>
    </message>
    <message>
        <source>the host name was not found</source>
        <translation>der Name des Servers wurde nicht gefunden</translation>
    </message>
    <message>
        <source>the name server did not answer</source>
        <translation>der Namensserver antwortete nicht</translation>
    </message>
    <message>
        <source>the name server failed</source>
        <translation>der Namensserver versagte</translation>
    </message>
    <message>
        <source>the proxy could not be reached: {cause}</source>
        <translation>der Proxy war nicht zu erreichen: {cause}</translation>
    </message>
    <message>
        <source>the proxy could not be reached</source>
        <translation>der Proxy war nicht zu erreichen</translation>
    </message>
    <message>
        <source>the proxy answered {status}</source>
        <translation>der Proxy antwortete {status}</translation>
    </message>
    <message>
        <source>not allowed: a firewall says no</source>
        <translation>nicht erlaubt: eine Firewall sagt nein</translation>
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
        <source>the server does not speak TLS there</source>
        <translation>der Server spricht dort kein TLS</translation>
    </message>
    <message>
        <source>the server and this computer have no version of TLS in common</source>
        <translation>der Server und dieser Rechner haben keine TLS-Version gemeinsam</translation>
    </message>
    <message>
        <source>the server&apos;s certificate was not accepted: {cause}</source>
        <translation>das Zertifikat des Servers wurde nicht anerkannt: {cause}</translation>
    </message>
    <message>
        <source>the server&apos;s certificate was not accepted</source>
        <translation>das Zertifikat des Servers wurde nicht anerkannt</translation>
    </message>
    <message>
        <source>Check the spelling of the address and the network connection</source>
        <translation>Prüfen Sie die Schreibweise der Adresse und die Netzverbindung</translation>
    </message>
    <message>
        <source>Check the network connection</source>
        <translation>Prüfen Sie die Netzverbindung</translation>
    </message>
    <message>
        <source>Check the address</source>
        <translation>Prüfen Sie die Adresse</translation>
    </message>
    <message>
        <source>Check the address: the file may have been moved or removed</source>
        <translation>Prüfen Sie die Adresse: die Datei wurde vielleicht verschoben oder entfernt</translation>
    </message>
    <message>
        <source>Check the address: this port may want http:// instead of https://</source>
        <translation>Prüfen Sie die Adresse: dieser Anschluss will vielleicht http:// statt https://</translation>
    </message>
    <message>
        <source>Check the address and this computer&apos;s date; do not go on if either surprises you</source>
        <translation>Prüfen Sie die Adresse und das Datum dieses Rechners; machen Sie nicht weiter, wenn eines davon Sie überrascht</translation>
    </message>
    <message>
        <source>Check the proxy&apos;s address and password in the system&apos;s network settings</source>
        <translation>Prüfen Sie Adresse und Passwort des Proxys in den Netzeinstellungen des Systems</translation>
    </message>
    <message>
        <source>Ask the site, or connect without the proxy or virus scanner in between</source>
        <translation>Fragen Sie beim Anbieter nach, oder verbinden Sie ohne den Proxy oder Virenscanner dazwischen</translation>
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
        <source>the server answered {status}</source>
        <translation>der Server antwortete {status}</translation>
    </message>
    <message>
        <source>redirects without end</source>
        <translation>Umleitungen ohne Ende</translation>
    </message>
    <message>
        <source>the server redirected {count} times without arriving anywhere</source>
        <translation>der Server leitete {count}-mal um, ohne irgendwo anzukommen</translation>
    </message>
    <message>
        <source>the server redirected to an unencrypted address</source>
        <translation>der Server leitete auf eine unverschlüsselte Adresse um</translation>
    </message>
    <message>
        <source>a secure address redirected to an unencrypted one at {host}</source>
        <translation>eine sichere Adresse leitete auf eine unverschlüsselte bei {host} um</translation>
    </message>
    <message>
        <source>the server redirected to an address that makes no sense</source>
        <translation>der Server leitete auf eine sinnlose Adresse um</translation>
    </message>
    <message>
        <source>{host} redirected to an address that makes no sense</source>
        <translation>{host} leitete auf eine sinnlose Adresse um</translation>
    </message>
    <message>
        <source>Ask the site for an https:// address of the file</source>
        <translation>Fragen Sie beim Anbieter nach einer https://-Adresse der Datei</translation>
    </message>
    <message>
        <source>Use another address for this file</source>
        <translation>Nehmen Sie eine andere Adresse für diese Datei</translation>
    </message>
    <message>
        <source>Use an address that carries your token, or sign in on the site and accept the model&apos;s terms first</source>
        <translation>Nehmen Sie eine Adresse mit Ihrem Token, oder melden Sie sich erst dort an und stimmen Sie den Bedingungen des Modells zu</translation>
    </message>
    <message>
        <source>The file may not be offered where you are</source>
        <translation>Die Datei darf dort, wo Sie sind, vielleicht nicht angeboten werden</translation>
    </message>
    <message>
        <source>Open a browser and sign in to the network that you are on</source>
        <translation>Öffnen Sie einen Browser und melden Sie sich im Netz an, in dem Sie sind</translation>
    </message>
    <message>
        <source>Copy a fresh link from the page that this one came from: it was made for a limited time</source>
        <translation>Kopieren Sie einen frischen Link von der Seite, von der dieser kam: er galt nur für begrenzte Zeit</translation>
    </message>
    <message>
        <source>{host} sent a web page instead of the file</source>
        <translation>{host} schickte eine Webseite statt der Datei</translation>
    </message>
    <message>
        <source>a web page came instead of the file</source>
        <translation>statt der Datei kam eine Webseite</translation>
    </message>
    <message>
        <source>Open the address in a browser: it may ask you to sign in, or to accept the network&apos;s or the model&apos;s terms</source>
        <translation>Öffnen Sie die Adresse in einem Browser: vielleicht sollen Sie sich anmelden oder den Bedingungen des Netzes oder des Modells zustimmen</translation>
    </message>
    <message>
        <source>{host} compressed the file on its way</source>
        <translation>{host} hat die Datei unterwegs komprimiert</translation>
    </message>
    <message>
        <source>the server changed the file on its way</source>
        <translation>der Server hat die Datei unterwegs verändert</translation>
    </message>
    <message>
        <source>Use another address for this file, or connect without the proxy that compresses it</source>
        <translation>Nehmen Sie eine andere Adresse für diese Datei, oder verbinden Sie ohne den Proxy, der sie komprimiert</translation>
    </message>
    <message>
        <source>{host} sent another part of the file than asked for</source>
        <translation>{host} schickte einen anderen Teil der Datei als verlangt</translation>
    </message>
    <message>
        <source>the server sent the wrong part</source>
        <translation>der Server schickte den falschen Teil</translation>
    </message>
    <message>
        <source>the server sent more than it had announced</source>
        <translation>der Server schickte mehr als angekündigt</translation>
    </message>
    <message>
        <source>more bytes came than announced</source>
        <translation>es kamen mehr Bytes als angekündigt</translation>
    </message>
    <message>
        <source>the file on the server has changed</source>
        <translation>die Datei auf dem Server hat sich geändert</translation>
    </message>
    <message>
        <source>the file on the server changed while it was being downloaded</source>
        <translation>die Datei auf dem Server änderte sich während des Herunterladens</translation>
    </message>
    <message>
        <source>the server never said how long the file is, so nothing proves that it is whole</source>
        <translation>der Server sagte nie, wie lang die Datei ist, so dass nichts beweist, dass sie ganz ist</translation>
    </message>
    <message>
        <source>nothing proves that the file is whole</source>
        <translation>nichts beweist, dass die Datei ganz ist</translation>
    </message>
    <message>
        <source>Give the file&apos;s SHA-256, so that its end can be proven</source>
        <translation>Geben Sie die SHA-256 der Datei an, damit sich ihr Ende beweisen lässt</translation>
    </message>
    <message>
        <source>the file&apos;s SHA-256 is not the expected one</source>
        <translation>die SHA-256 der Datei ist nicht die erwartete</translation>
    </message>
    <message>
        <source>its bytes were kept as {name}</source>
        <translation>ihre Bytes wurden als {name} behalten</translation>
    </message>
    <message>
        <source>its last {size} are fetched again</source>
        <translation>ihre letzten {size} werden neu geholt</translation>
    </message>
    <message>
        <source>wrong SHA-256</source>
        <translation>falsche SHA-256</translation>
    </message>
    <message>
        <source>Compare the SHA-256 with the one on the model&apos;s page</source>
        <translation>Vergleichen Sie die SHA-256 mit der auf der Seite des Modells</translation>
    </message>
    <message>
        <source>Compare the SHA-256 with the one on the model&apos;s page, or leave it out</source>
        <translation>Vergleichen Sie die SHA-256 mit der auf der Seite des Modells, oder lassen Sie sie weg</translation>
    </message>
    <message>
        <source>The bytes are in {path}</source>
        <translation>Die Bytes liegen in {path}</translation>
    </message>
    <message>
        <source>some of what was on the disk did not fit</source>
        <translation>einiges von dem, was auf der Platte lag, passte nicht</translation>
    </message>
    <message>
        <source>{name} is no whole model: {why}</source>
        <translation>{name} ist kein ganzes Modell: {why}</translation>
    </message>
    <message>
        <source>the file is not a whole model</source>
        <translation>die Datei ist kein ganzes Modell</translation>
    </message>
    <message>
        <source>it is a text, such as an error message of the site&apos;s</source>
        <translation>es ist ein Text, etwa eine Fehlermeldung des Anbieters</translation>
    </message>
    <message>
        <source>it is too short to be one</source>
        <translation>sie ist zu kurz dafür</translation>
    </message>
    <message>
        <source>it does not begin as one</source>
        <translation>sie fängt nicht an wie eines</translation>
    </message>
    <message>
        <source>it ends within its header</source>
        <translation>sie endet in ihrem Kopf</translation>
    </message>
    <message>
        <source>its header makes no sense</source>
        <translation>ihr Kopf ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>its header is damaged</source>
        <translation>ihr Kopf ist beschädigt</translation>
    </message>
    <message>
        <source>{count} bytes are missing at its end</source>
        <translation>an ihrem Ende fehlen {count} Bytes</translation>
    </message>
    <message>
        <source>it is {count} bytes longer than its header says</source>
        <translation>sie ist {count} Bytes länger, als ihr Kopf sagt</translation>
    </message>
    <message>
        <source>Open the address in a browser to see what it gives, or look for another copy of the model</source>
        <translation>Öffnen Sie die Adresse in einem Browser, um zu sehen, was sie liefert, oder suchen Sie eine andere Kopie des Modells</translation>
    </message>
    <message>
        <source>kept {size}: {why}</source>
        <translation>{size} behalten: {why}</translation>
    </message>
    <message>
        <source>kept all {size}: {why}</source>
        <translation>alle {size} behalten: {why}</translation>
    </message>
    <message>
        <source>started over, {size} discarded: {why}</source>
        <translation>neu begonnen, {size} verworfen: {why}</translation>
    </message>
    <message>
        <source>started over: {why}</source>
        <translation>neu begonnen: {why}</translation>
    </message>
    <message>
        <source>the server confirmed that the file is unchanged (ETag)</source>
        <translation>der Server bestätigte, dass die Datei unverändert ist (ETag)</translation>
    </message>
    <message>
        <source>the server confirmed that the file is unchanged (date)</source>
        <translation>der Server bestätigte, dass die Datei unverändert ist (Datum)</translation>
    </message>
    <message>
        <source>the SHA-256 will prove the file</source>
        <translation>die SHA-256 wird die Datei beweisen</translation>
    </message>
    <message>
        <source>the server says that the file is no longer than this</source>
        <translation>der Server sagt, dass die Datei nicht länger ist</translation>
    </message>
    <message>
        <source>the server does not support resuming</source>
        <translation>der Server kann nicht fortsetzen</translation>
    </message>
    <message>
        <source>the server offers nothing that tells whether the file is unchanged</source>
        <translation>der Server bietet nichts, woran zu erkennen wäre, ob die Datei unverändert ist</translation>
    </message>
    <message>
        <source>the server did not confirm that the file is unchanged</source>
        <translation>der Server bestätigte nicht, dass die Datei unverändert ist</translation>
    </message>
    <message>
        <source>the server&apos;s partial answer contradicts itself</source>
        <translation>die Teilantwort des Servers widerspricht sich</translation>
    </message>
    <message>
        <source>the server sent another part than the one asked for</source>
        <translation>der Server schickte einen anderen Teil als den verlangten</translation>
    </message>
    <message>
        <source>more bytes are here than the file has</source>
        <translation>hier liegen mehr Bytes, als die Datei hat</translation>
    </message>
    <message>
        <source>what is here came from another address</source>
        <translation>was hier liegt, kam von einer anderen Adresse</translation>
    </message>
    <message>
        <source>there is no record of where it came from</source>
        <translation>es ist nicht aufgezeichnet, woher es kam</translation>
    </message>
    <message>
        <source>what lay there without a record was moved to {name}</source>
        <translation>was dort ohne Aufzeichnung lag, wurde nach {name} verschoben</translation>
    </message>
    <message>
        <source>{size} on the disk were no longer what had come</source>
        <translation>{size} auf der Platte waren nicht mehr, was gekommen war</translation>
    </message>
    <message>
        <source>the disk is full: only {size} are free, and {needed} are needed in {path}</source>
        <translation>die Platte ist voll: nur {size} sind frei, und {needed} werden in {path} gebraucht</translation>
    </message>
    <message>
        <source>the disk is full: only {size} are free in {path}, and {needed} are needed</source>
        <translation>die Platte ist voll: nur {size} sind in {path} frei, und {needed} werden gebraucht</translation>
    </message>
    <message>
        <source>the disk is full: only {size} are free in {path}</source>
        <translation>die Platte ist voll: nur {size} sind in {path} frei</translation>
    </message>
    <message>
        <source>the disk is full: no room is left in {path}, and {needed} are needed</source>
        <translation>die Platte ist voll: in {path} ist kein Platz mehr, und {needed} werden gebraucht</translation>
    </message>
    <message>
        <source>the disk is full: no room is left in {path}</source>
        <translation>die Platte ist voll: in {path} ist kein Platz mehr</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>die Platte ist voll</translation>
    </message>
    <message>
        <source>Free at least {size} on the disk of {path}, then resume: what came so far is kept</source>
        <translation>Machen Sie auf der Platte von {path} mindestens {size} frei und setzen Sie fort: was bisher kam, bleibt</translation>
    </message>
    <message>
        <source>Free some space on the disk of {path}, then resume: what came so far is kept</source>
        <translation>Machen Sie auf der Platte von {path} Platz und setzen Sie fort: was bisher kam, bleibt</translation>
    </message>
    <message>
        <source>Free some space or choose another folder, then resume</source>
        <translation>Machen Sie Platz oder wählen Sie einen anderen Ordner und setzen Sie fort</translation>
    </message>
    <message>
        <source>the folder {path} is gone: its network share was disconnected</source>
        <translation>der Ordner {path} ist fort: seine Netzfreigabe wurde getrennt</translation>
    </message>
    <message>
        <source>the folder {path} is gone: its disk was disconnected</source>
        <translation>der Ordner {path} ist fort: seine Platte wurde getrennt</translation>
    </message>
    <message>
        <source>the folder {path} is gone</source>
        <translation>der Ordner {path} ist fort</translation>
    </message>
    <message>
        <source>the folder is gone: its network share was disconnected</source>
        <translation>der Ordner ist fort: seine Netzfreigabe wurde getrennt</translation>
    </message>
    <message>
        <source>the folder is gone: its disk was disconnected</source>
        <translation>der Ordner ist fort: seine Platte wurde getrennt</translation>
    </message>
    <message>
        <source>the folder is gone</source>
        <translation>der Ordner ist fort</translation>
    </message>
    <message>
        <source>the folder {path} is read-only</source>
        <translation>der Ordner {path} ist schreibgeschützt</translation>
    </message>
    <message>
        <source>the folder is read-only</source>
        <translation>der Ordner ist schreibgeschützt</translation>
    </message>
    <message>
        <source>the folder {path} does not take files: not allowed</source>
        <translation>der Ordner {path} nimmt keine Dateien an: nicht erlaubt</translation>
    </message>
    <message>
        <source>the folder does not take files: not allowed</source>
        <translation>der Ordner nimmt keine Dateien an: nicht erlaubt</translation>
    </message>
    <message>
        <source>the folder {path} is a file, or lies below one</source>
        <translation>der Ordner {path} ist eine Datei oder liegt unter einer</translation>
    </message>
    <message>
        <source>the folder is a file, or lies below one</source>
        <translation>der Ordner ist eine Datei oder liegt unter einer</translation>
    </message>
    <message>
        <source>Choose another folder, or put this one right</source>
        <translation>Wählen Sie einen anderen Ordner, oder bringen Sie diesen in Ordnung</translation>
    </message>
    <message>
        <source>Choose another folder</source>
        <translation>Wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>Choose another disk</source>
        <translation>Wählen Sie eine andere Platte</translation>
    </message>
    <message>
        <source>Check the disk, then resume</source>
        <translation>Prüfen Sie die Platte und setzen Sie fort</translation>
    </message>
    <message>
        <source>the disk failed on {name}: {why}</source>
        <translation>die Platte versagte bei {name}: {why}</translation>
    </message>
    <message>
        <source>the disk failed</source>
        <translation>die Platte versagte</translation>
    </message>
    <message>
        <source>something that is not a file stands in its place</source>
        <translation>an seiner Stelle steht etwas, das keine Datei ist</translation>
    </message>
    <message>
        <source>Move it away, then resume</source>
        <translation>Räumen Sie es weg und setzen Sie fort</translation>
    </message>
    <message>
        <source>the disk&apos;s format has no room for files of this size</source>
        <translation>das Format der Platte hat keinen Platz für Dateien dieser Größe</translation>
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
        <source>{name} was deleted while it was being downloaded</source>
        <translation>{name} wurde während des Herunterladens gelöscht</translation>
    </message>
    <message>
        <source>what had been fetched was deleted</source>
        <translation>was geholt worden war, wurde gelöscht</translation>
    </message>
    <message>
        <source>Resume to begin anew</source>
        <translation>Setzen Sie fort, um neu zu beginnen</translation>
    </message>
    <message>
        <source>{name} already exists in {path}</source>
        <translation>{name} gibt es schon in {path}</translation>
    </message>
    <message>
        <source>the destination already exists</source>
        <translation>das Ziel gibt es schon</translation>
    </message>
    <message>
        <source>Choose another name, or move the existing file away</source>
        <translation>Wählen Sie einen anderen Namen, oder räumen Sie die vorhandene Datei weg</translation>
    </message>
    <message>
        <source>another process is already downloading {name}</source>
        <translation>ein anderer Prozess lädt {name} schon herunter</translation>
    </message>
    <message>
        <source>another process is downloading to the same file</source>
        <translation>ein anderer Prozess lädt in dieselbe Datei herunter</translation>
    </message>
    <message>
        <source>another download goes to the same file</source>
        <translation>ein anderer Download geht in dieselbe Datei</translation>
    </message>
    <message>
        <source>another download already goes to {path} (operation {id}, {state})</source>
        <translation>ein anderer Download geht schon nach {path} (Vorgang {id}, {state})</translation>
    </message>
    <message>
        <source>Wait for the other download or cancel it, or choose another name</source>
        <translation>Warten Sie auf den anderen Download oder brechen Sie ihn ab, oder wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>Resume or remove that one, or choose another name</source>
        <translation>Setzen Sie jenen fort oder entfernen Sie ihn, oder wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>{repository} is only for those who accepted its terms</source>
        <translation>{repository} ist nur für die, die seinen Bedingungen zugestimmt haben</translation>
    </message>
    <message>
        <source>{repository} is only for those who signed in and accepted its terms</source>
        <translation>{repository} ist nur für die, die sich angemeldet und seinen Bedingungen zugestimmt haben</translation>
    </message>
    <message>
        <source>Accept the terms at {page} with the account that your token belongs to, then resume</source>
        <translation>Stimmen Sie den Bedingungen auf {page} mit dem Konto zu, zu dem Ihr Token gehört, und setzen Sie fort</translation>
    </message>
    <message>
        <source>{repository} has no such file</source>
        <translation>{repository} hat keine solche Datei</translation>
    </message>
    <message>
        <source>Look for the file at {page}: it may have been moved</source>
        <translation>Suchen Sie die Datei auf {page}: vielleicht wurde sie verschoben</translation>
    </message>
    <message>
        <source>{site} did not accept the token</source>
        <translation>{site} hat das Token nicht angenommen</translation>
    </message>
    <message>
        <source>{site} did not accept the key</source>
        <translation>{site} hat den Schlüssel nicht angenommen</translation>
    </message>
    <message>
        <source>{site} gives this model only to those who signed in</source>
        <translation>{site} gibt dieses Modell nur denen, die sich angemeldet haben</translation>
    </message>
    <message>
        <source>the model is in early access until {day}: {site} gives it only to those who paid for it</source>
        <translation>das Modell ist bis {day} im Vorabzugang: {site} gibt es nur denen, die dafür bezahlt haben</translation>
    </message>
    <message>
        <source>the model is in early access: {site} gives it only to those who paid for it</source>
        <translation>das Modell ist im Vorabzugang: {site} gibt es nur denen, die dafür bezahlt haben</translation>
    </message>
    <message>
        <source>the model&apos;s creator does not offer it for download</source>
        <translation>wer das Modell gemacht hat, bietet es nicht zum Herunterladen an</translation>
    </message>
    <message>
        <source>the site&apos;s answer about the file makes no sense</source>
        <translation>die Antwort der Website über die Datei ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>what the site says of the file makes no sense: {why}</source>
        <translation>was die Website von der Datei sagt, ergibt keinen Sinn: {why}</translation>
    </message>
    <message>
        <source>it redirects in circles</source>
        <translation>sie leitet im Kreis um</translation>
    </message>
    <message>
        <source>its list of files makes no sense</source>
        <translation>ihre Liste der Dateien ergibt keinen Sinn</translation>
    </message>
    <message>
        <source>the model has no version</source>
        <translation>das Modell hat keine Version</translation>
    </message>
    <message>
        <source>it is not JSON</source>
        <translation>sie ist kein JSON</translation>
    </message>
    <message>
        <source>it does not say whose the token is</source>
        <translation>sie sagt nicht, wessen Token es ist</translation>
    </message>
    <message>
        <source>the site leads to an address that answers {status}</source>
        <translation>die Website führt zu einer Adresse, die mit {status} antwortet</translation>
    </message>
    <message>
        <source>{repository} has no such revision</source>
        <translation>{repository} hat keine solche Revision</translation>
    </message>
    <message>
        <source>Look for the revision at {page}, or leave it out</source>
        <translation>Suchen Sie die Revision auf {page}, oder lassen Sie sie weg</translation>
    </message>
    <message>
        <source>{site} has closed {repository}</source>
        <translation>{site} hat {repository} geschlossen</translation>
    </message>
    <message>
        <source>Look for another copy of the model</source>
        <translation>Suchen Sie ein anderes Exemplar des Modells</translation>
    </message>
    <message>
        <source>{site} has no {repository} that your token may see</source>
        <translation>{site} hat kein {repository}, das Ihr Token sehen darf</translation>
    </message>
    <message>
        <source>{site} has no {repository} that anybody may see</source>
        <translation>{site} hat kein {repository}, das jeder sehen darf</translation>
    </message>
    <message>
        <source>Check the address, or give a token as HF_TOKEN if it is private</source>
        <translation>Prüfen Sie die Adresse, oder geben Sie ein Token als HF_TOKEN an, falls es privat ist</translation>
    </message>
    <message>
        <source>Accept the terms at {page}, make a token at {place} and enter it (or give it as HF_TOKEN), then resume</source>
        <translation>Stimmen Sie den Bedingungen auf {page} zu, machen Sie auf {place} ein Token und geben Sie es ein (oder als HF_TOKEN an), dann setzen Sie fort</translation>
    </message>
    <message>
        <source>Make a new token at {place} and enter it (or give it as HF_TOKEN), then resume</source>
        <translation>Machen Sie auf {place} ein neues Token und geben Sie es ein (oder als HF_TOKEN an), dann setzen Sie fort</translation>
    </message>
    <message>
        <source>Make an API key at {place} and enter it (or give it as CIVITAI_API_KEY), then resume</source>
        <translation>Machen Sie auf {place} einen API-Schlüssel und geben Sie ihn ein (oder als CIVITAI_API_KEY an), dann setzen Sie fort</translation>
    </message>
    <message>
        <source>Make a new API key at {place} and enter it (or give it as CIVITAI_API_KEY), then resume</source>
        <translation>Machen Sie auf {place} einen neuen API-Schlüssel und geben Sie ihn ein (oder als CIVITAI_API_KEY an), dann setzen Sie fort</translation>
    </message>
    <message>
        <source>Unlock it at {page} with the account of your API key, or resume once early access is over</source>
        <translation>Schalten Sie es auf {page} mit dem Konto Ihres API-Schlüssels frei, oder setzen Sie fort, wenn der frühe Zugang vorbei ist</translation>
    </message>
    <message>
        <source>Choose another version at {page}</source>
        <translation>Wählen Sie auf {page} eine andere Version</translation>
    </message>
    <message>
        <source>The URL is empty</source>
        <translation>Der Link fehlt</translation>
    </message>
    <message>
        <source>The URL contains a space or a character that cannot be seen</source>
        <translation>Der Link enthält ein Leerzeichen oder ein unsichtbares Zeichen</translation>
    </message>
    <message>
        <source>The URL contains a backslash</source>
        <translation>Der Link enthält einen Rückstrich</translation>
    </message>
    <message>
        <source>The URL is not a full web address</source>
        <translation>Der Link ist keine vollständige Webadresse</translation>
    </message>
    <message>
        <source>The URL is not a web address that makes sense</source>
        <translation>Der Link ist keine sinnvolle Webadresse</translation>
    </message>
    <message>
        <source>The URL uses {scheme}, which is not supported</source>
        <translation>Der Link benutzt {scheme}, was nicht geht</translation>
    </message>
    <message>
        <source>The URL has a port that is not a number from 1 to 65535</source>
        <translation>Der Link hat einen Port, der keine Zahl von 1 bis 65535 ist</translation>
    </message>
    <message>
        <source>The URL has no host</source>
        <translation>Der Link nennt keinen Server</translation>
    </message>
    <message>
        <source>The URL has a host that is not a valid name</source>
        <translation>Der Link nennt einen Server, dessen Name nicht gültig ist</translation>
    </message>
    <message>
        <source>The URL is not of the form {form}</source>
        <translation>Der Link hat nicht die Form {form}</translation>
    </message>
    <message>
        <source>Paste the file&apos;s full address, which begins with https://, http:// or hf://</source>
        <translation>Fügen Sie die vollständige Adresse der Datei ein; sie beginnt mit https://, http:// oder hf://</translation>
    </message>
    <message>
        <source>The folder is empty</source>
        <translation>Der Ordner fehlt</translation>
    </message>
    <message>
        <source>The folder contains a character that cannot be seen</source>
        <translation>Der Ordner enthält ein unsichtbares Zeichen</translation>
    </message>
    <message>
        <source>The folder names a user who is not known here</source>
        <translation>Der Ordner nennt einen Benutzer, der hier nicht bekannt ist</translation>
    </message>
    <message>
        <source>Choose the folder that the file should go to</source>
        <translation>Wählen Sie den Ordner, in den die Datei kommen soll</translation>
    </message>
    <message>
        <source>The file name contains a path separator (/ or \)</source>
        <translation>Der Dateiname enthält einen Pfadtrenner (/ oder \)</translation>
    </message>
    <message>
        <source>The file name contains a character that cannot be seen</source>
        <translation>Der Dateiname enthält ein unsichtbares Zeichen</translation>
    </message>
    <message>
        <source>The file name contains one of {characters}, which Windows does not allow</source>
        <translation>Der Dateiname enthält eines von {characters}, was Windows nicht erlaubt</translation>
    </message>
    <message>
        <source>The file name points to a folder</source>
        <translation>Der Dateiname weist auf einen Ordner</translation>
    </message>
    <message>
        <source>The file name ends with a dot</source>
        <translation>Der Dateiname endet mit einem Punkt</translation>
    </message>
    <message>
        <source>The file name begins or ends with a space</source>
        <translation>Der Dateiname beginnt oder endet mit einem Leerzeichen</translation>
    </message>
    <message>
        <source>The file name is the name of a device on Windows</source>
        <translation>Der Dateiname ist unter Windows der Name eines Geräts</translation>
    </message>
    <message>
        <source>The file name ends like the name of an unfinished download</source>
        <translation>Der Dateiname endet wie der eines unfertigen Downloads</translation>
    </message>
    <message>
        <source>The file name is longer than {count} bytes</source>
        <translation>Der Dateiname ist länger als {count} Bytes</translation>
    </message>
    <message>
        <source>Choose a plain file name, or leave it empty to use the one in the URL</source>
        <translation>Wählen Sie einen einfachen Dateinamen, oder lassen Sie ihn leer, um den im Link zu nehmen</translation>
    </message>
    <message>
        <source>The SHA-256 is not 64 hexadecimal digits</source>
        <translation>Die SHA-256 besteht nicht aus 64 hexadezimalen Ziffern</translation>
    </message>
    <message>
        <source>Give all 64 hexadecimal digits, or leave it empty</source>
        <translation>Geben Sie alle 64 hexadezimalen Ziffern an, oder lassen Sie sie leer</translation>
    </message>
    <message>
        <source>A {suffix} file can run programs on this computer when it is loaded</source>
        <translation>Eine {suffix}-Datei kann beim Laden Programme auf diesem Rechner ausführen</translation>
    </message>
    <message>
        <source>Use it only if you trust who made it, or look for the same model as .safetensors, which cannot</source>
        <translation>Benutzen Sie sie nur, wenn Sie dem trauen, der sie gemacht hat, oder suchen Sie dasselbe Modell als .safetensors, das es nicht kann</translation>
    </message>
    <message>
        <source>it had already finished</source>
        <translation>es war schon fertig</translation>
    </message>
    <message>
        <source>it had already failed</source>
        <translation>es war schon gescheitert</translation>
    </message>
    <message>
        <source>it had already been cancelled</source>
        <translation>es war schon abgebrochen</translation>
    </message>
    <message>
        <source>it is being worked on; cancel it first</source>
        <translation>daran wird gearbeitet; brechen Sie es erst ab</translation>
    </message>
    <message>
        <source>it is running already</source>
        <translation>es läuft schon</translation>
    </message>
    <message>
        <source>there is no such operation any more</source>
        <translation>das gibt es nicht mehr</translation>
    </message>
    <message>
        <source>it is a step of operation {id}</source>
        <translation>es ist ein Schritt von {id}</translation>
    </message>
    <message>
        <source>ask it of that one</source>
        <translation>verlangen Sie es von diesem</translation>
    </message>
    <message>
        <source>what was fetched could not be deleted ({why})</source>
        <translation>was geholt wurde, ließ sich nicht löschen ({why})</translation>
    </message>
    <message>
        <source>the hours that are set do not hold it</source>
        <translation>die eingestellten Stunden halten es nicht auf</translation>
    </message>
    <message>
        <source>it is {state}: only a download that rests can be sent elsewhere</source>
        <translation>es ist im Zustand {state}: Nur ein ruhender Download lässt sich anderswohin schicken</translation>
    </message>
    <message>
        <source>The store is not a database</source>
        <translation>Der Speicher ist keine Datenbank</translation>
    </message>
    <message>
        <source>The store is damaged</source>
        <translation>Der Speicher ist beschädigt</translation>
    </message>
    <message>
        <source>The store was held by another program for {time}</source>
        <translation>Der Speicher wurde {time} lang von einem anderen Programm gehalten</translation>
    </message>
    <message>
        <source>The store cannot be written</source>
        <translation>Der Speicher ist nicht zu beschreiben</translation>
    </message>
    <message>
        <source>The store cannot grow: the disk is full</source>
        <translation>Der Speicher kann nicht wachsen: die Platte ist voll</translation>
    </message>
    <message>
        <source>The store cannot be opened ({why})</source>
        <translation>Der Speicher lässt sich nicht öffnen ({why})</translation>
    </message>
    <message>
        <source>The store cannot be opened: what should be its folder is a file</source>
        <translation>Der Speicher lässt sich nicht öffnen: was sein Ordner sein sollte, ist eine Datei</translation>
    </message>
    <message>
        <source>The store cannot be opened: {why}</source>
        <translation>Der Speicher lässt sich nicht öffnen: {why}</translation>
    </message>
    <message>
        <source>The store is a folder</source>
        <translation>Der Speicher ist ein Ordner</translation>
    </message>
    <message>
        <source>The store is another program&apos;s database</source>
        <translation>Der Speicher ist die Datenbank eines anderen Programms</translation>
    </message>
    <message>
        <source>The store was written by a newer version of this program (format {format}; this one knows up to {known})</source>
        <translation>Der Speicher stammt von einer neueren Version dieses Programms (Format {format}; diese kennt bis {known})</translation>
    </message>
    <message>
        <source>The store has to be brought up to date and could not be copied before ({why})</source>
        <translation>Der Speicher muss auf den neuen Stand gebracht werden und ließ sich vorher nicht kopieren ({why})</translation>
    </message>
    <message>
        <source>The store is in use on another machine, {machine}, and serves the programs of one machine at a time</source>
        <translation>Der Speicher wird auf einem anderen Rechner benutzt, {machine}, und dient immer nur den Programmen eines Rechners</translation>
    </message>
    <message>
        <source>Close them there, or choose a file on this machine with --store or RECOVERY_STORE</source>
        <translation>Schließen Sie sie dort, oder wählen Sie mit --store oder RECOVERY_STORE eine Datei auf diesem Rechner</translation>
    </message>
    <message>
        <source>Move it away, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Räumen Sie ihn weg, oder wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>Move it away to begin with an empty one, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Räumen Sie ihn weg, um mit einem leeren zu beginnen, oder wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>End that program, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Beenden Sie jenes Programm, oder wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>Give yourself the right to write it, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Geben Sie sich das Recht, ihn zu beschreiben, oder wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>Choose another file with --store or RECOVERY_STORE</source>
        <translation>Wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>Update this program, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Bringen Sie dieses Programm auf den neuen Stand, oder wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>Make room beside it, or choose another file with --store or RECOVERY_STORE</source>
        <translation>Schaffen Sie Platz neben ihm, oder wählen Sie mit --store oder RECOVERY_STORE eine andere Datei</translation>
    </message>
    <message>
        <source>Free some space and try again</source>
        <translation>Machen Sie Platz und versuchen Sie es noch einmal</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Paste a fresh link</source>
        <translation>Frischen Link einfügen</translation>
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
        <source>Open the model&apos;s page</source>
        <translation>Seite des Modells öffnen</translation>
    </message>
    <message>
        <source>Change the link</source>
        <translation>Link ändern</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Choose another name</source>
        <translation>Anderen Namen wählen</translation>
    </message>
    <message>
        <source>Check date and time</source>
        <translation>Datum und Uhrzeit prüfen</translation>
    </message>
    <message>
        <source>Open the proxy settings</source>
        <translation>Proxy-Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>waits until {why}: downloads run {cause}</source>
        <translation>wartet bis {why}: Downloads laufen {cause}</translation>
    </message>
    <message>
        <source>from {start} to {end}</source>
        <translation>von {start} bis {end}</translation>
    </message>
    <message>
        <source>from {start} to {end} and {why}</source>
        <translation>von {start} bis {end} und {why}</translation>
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
        <source>{size} that came before would have to be discarded: {why}</source>
        <translation>{size}, die zuvor ankamen, müssten verworfen werden: {why}</translation>
    </message>
    <message>
        <source>{size} would have to be discarded: {why}</source>
        <translation>{size} müssten verworfen werden: {why}</translation>
    </message>
    <message>
        <source>Nothing was deleted: Resume asks first (on the command line it takes --discard)</source>
        <translation>Nichts wurde gelöscht: „Fortsetzen“ fragt erst (auf der Befehlszeile braucht es --discard)</translation>
    </message>
    <message>
        <source>If you know the file&apos;s SHA-256, add it again with that, and it goes on from here</source>
        <translation>Wenn Sie die SHA-256 der Datei kennen, fügen Sie sie damit noch einmal hinzu, und es geht hier weiter</translation>
    </message>
    <message>
        <source>Discard and start over</source>
        <translation>Verwerfen und neu beginnen</translation>
    </message>
    <message>
        <source>the file&apos;s BLAKE3 is not the expected one</source>
        <translation>die BLAKE3 der Datei ist nicht die erwartete</translation>
    </message>
    <message>
        <source>wrong BLAKE3</source>
        <translation>falsche BLAKE3</translation>
    </message>
    <message>
        <source>Compare the BLAKE3 with the one on the model&apos;s page</source>
        <translation>Vergleichen Sie die BLAKE3 mit der auf der Seite des Modells</translation>
    </message>
    <message>
        <source>Compare the BLAKE3 with the one on the model&apos;s page, or leave it out</source>
        <translation>Vergleichen Sie die BLAKE3 mit der auf der Seite des Modells, oder lassen Sie sie weg</translation>
    </message>
    <message>
        <source>the BLAKE3 will prove the file</source>
        <translation>die BLAKE3 wird die Datei belegen</translation>
    </message>
    <message>
        <source>{site} says that this file has another {algorithm} than the one given</source>
        <translation>{site} nennt für diese Datei eine andere {algorithm} als die angegebene</translation>
    </message>
    <message>
        <source>another {algorithm} than the one given</source>
        <translation>andere {algorithm} als die angegebene</translation>
    </message>
    <message>
        <source>no whole answer came from the server</source>
        <translation>vom Server kam keine ganze Antwort</translation>
    </message>
    <message>
        <source>the disk no longer has what had come</source>
        <translation>auf der Platte ist nicht mehr, was angekommen war</translation>
    </message>
    <message>
        <source>its parts on the server are not of one file</source>
        <translation>ihre Teile auf dem Server sind nicht von einer Datei</translation>
    </message>
    <message>
        <source>There is no token for {site} to try</source>
        <translation>Es gibt kein Token für {site}, das zu prüfen wäre</translation>
    </message>
    <message>
        <source>The token is not sent to {host}: it is not reached by https</source>
        <translation>Das Token wird nicht an {host} geschickt: Er wird nicht über https erreicht</translation>
    </message>
    <message>
        <source>{site} knows you as {name}</source>
        <translation>{site} kennt Sie als {name}</translation>
    </message>
    <message>
        <source>The token is empty</source>
        <translation>Das Token ist leer</translation>
    </message>
    <message>
        <source>The token is not one that can be sent</source>
        <translation>Das Token lässt sich so nicht senden</translation>
    </message>
    <message>
        <source>The token is held by the environment variable {variable}</source>
        <translation>Das Token ist durch die Umgebungsvariable {variable} festgelegt</translation>
    </message>
    <message>
        <source>Copy it from {page}</source>
        <translation>Kopieren Sie es von {page}</translation>
    </message>
    <message>
        <source>Change that one, then start anew</source>
        <translation>Ändern Sie diese und starten Sie neu</translation>
    </message>
    <message>
        <source>it did not keep what it was given</source>
        <translation>er hat nicht behalten, was er bekam</translation>
    </message>
    <message>
        <source>it does not answer; it may be locked</source>
        <translation>er antwortet nicht; vielleicht ist er gesperrt</translation>
    </message>
    <message>
        <source>there is none on this computer</source>
        <translation>auf diesem Rechner gibt es keinen</translation>
    </message>
    <message>
        <source>it is locked</source>
        <translation>er ist gesperrt</translation>
    </message>
    <message>
        <source>it failed with {error}</source>
        <translation>er scheiterte mit {error}</translation>
    </message>
    <message>
        <source>It would get the same name as line {line}: {name}</source>
        <translation>Sie bekäme denselben Namen wie Zeile {line}: {name}</translation>
    </message>
    <message>
        <source>Give one of them a name</source>
        <translation>Geben Sie einer davon einen Namen</translation>
    </message>
    <message>
        <source>The list has more than {count} lines</source>
        <translation>Die Liste hat mehr als {count} Zeilen</translation>
    </message>
    <message>
        <source>Divide it</source>
        <translation>Teilen Sie sie auf</translation>
    </message>
    <message>
        <source>The line is indented as a mirror&apos;s is, and no file stands above it</source>
        <translation>Die Zeile ist eingerückt wie die eines Spiegels, und darüber steht keine Datei</translation>
    </message>
    <message>
        <source>The server did not say what it has within {time}</source>
        <translation>Der Server sagte nicht binnen {time}, was er hat</translation>
    </message>
    <message>
        <source>it has more than {count} bytes</source>
        <translation>sie hat mehr als {count} Bytes</translation>
    </message>
    <message>
        <source>it is no text in UTF-8</source>
        <translation>sie ist kein Text in UTF-8</translation>
    </message>
    <message>
        <source>The URL is longer than {count} characters</source>
        <translation>Die URL ist länger als {count} Zeichen</translation>
    </message>
    <message>
        <source>The SHA-256 is missing</source>
        <translation>Die SHA-256 fehlt</translation>
    </message>
    <message>
        <source>Give it: only a hash proves that mirrors have the same file</source>
        <translation>Geben Sie sie an: Nur sie belegt, dass Spiegel dieselbe Datei haben</translation>
    </message>
    <message>
        <source>The BLAKE3 is not 64 hexadecimal digits</source>
        <translation>Die BLAKE3 hat nicht 64 hexadezimale Ziffern</translation>
    </message>
    <message>
        <source>This has &quot;{text}&quot;, which is no time of the day</source>
        <translation>Hierin steht „{text}“, was keine Tageszeit ist</translation>
    </message>
    <message>
        <source>This has a time that ends where it begins</source>
        <translation>Hierin steht eine Zeit, die endet, wo sie beginnt</translation>
    </message>
    <message>
        <source>This has {text}, which no clock shows</source>
        <translation>Hierin steht {text}, was keine Uhr zeigt</translation>
    </message>
    <message>
        <source>This has {text}, which is no day: Mon, Tue, Wed, Thu, Fri, Sat and Sun are</source>
        <translation>Hierin steht {text}, was kein Tag ist: Mon, Tue, Wed, Thu, Fri, Sat und Sun sind welche</translation>
    </message>
    <message>
        <source>Use text like 22:00-07:00 or &quot;Mon-Fri 22:00-07:00, Sat-Sun 00:00-24:00&quot;</source>
        <translation>Schreiben Sie etwas wie 22:00-07:00 oder „Mon-Fri 22:00-07:00, Sat-Sun 00:00-24:00“</translation>
    </message>
    <message>
        <source>This holds a password, which would be stored for everybody to read</source>
        <translation>Hierin steht ein Passwort, das für alle lesbar gespeichert würde</translation>
    </message>
    <message>
        <source>Leave it out, or give the whole address in the environment variable HTTPS_PROXY</source>
        <translation>Lassen Sie es weg, oder geben Sie die ganze Adresse in der Umgebungsvariablen HTTPS_PROXY an</translation>
    </message>
    <message>
        <source>This is not the address of an HTTP proxy</source>
        <translation>Das ist nicht die Adresse eines HTTP-Proxys</translation>
    </message>
    <message>
        <source>The file holds no settings: it is not JSON</source>
        <translation>Die Datei enthält keine Einstellungen: Sie ist kein JSON</translation>
    </message>
    <message>
        <source>The file holds no settings of this program</source>
        <translation>Die Datei enthält keine Einstellungen dieses Programms</translation>
    </message>
    <message>
        <source>The file is too large to hold settings</source>
        <translation>Die Datei ist zu groß für Einstellungen</translation>
    </message>
    <message>
        <source>Choose a file that this program has written</source>
        <translation>Wählen Sie eine Datei, die dieses Programm geschrieben hat</translation>
    </message>
    <message>
        <source>Choose one that this program has written</source>
        <translation>Wählen Sie eine, die dieses Programm geschrieben hat</translation>
    </message>
    <message>
        <source>The {setting} has no value</source>
        <translation>{setting} hat keinen Wert</translation>
    </message>
    <message>
        <source>Give it one, or leave it out</source>
        <translation>Geben Sie einen an, oder lassen Sie es weg</translation>
    </message>
    <message>
        <source>The field is not one of the configuration</source>
        <translation>Das Feld gehört nicht zu den Einstellungen</translation>
    </message>
    <message>
        <source>The {setting} is not a whole number</source>
        <translation>{setting} ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>The {setting} is not a number</source>
        <translation>{setting} ist keine Zahl</translation>
    </message>
    <message>
        <source>The {setting} is not text</source>
        <translation>{setting} ist kein Text</translation>
    </message>
    <message>
        <source>The {setting} is not true or false</source>
        <translation>{setting} ist weder true noch false</translation>
    </message>
    <message>
        <source>The {setting} is not one of the choices</source>
        <translation>{setting} steht nicht zur Wahl</translation>
    </message>
    <message>
        <source>The {setting} is out of range</source>
        <translation>{setting} liegt außerhalb des Erlaubten</translation>
    </message>
    <message>
        <source>Use true or false</source>
        <translation>Erlaubt sind true und false</translation>
    </message>
    <message>
        <source>Use a whole number from {least} to {limit}</source>
        <translation>Erlaubt ist eine ganze Zahl von {least} bis {limit}</translation>
    </message>
    <message>
        <source>Use a number from {least} to {limit}</source>
        <translation>Erlaubt ist eine Zahl von {least} bis {limit}</translation>
    </message>
    <message>
        <source>Use one of {choices}</source>
        <translation>Erlaubt ist eines von {choices}</translation>
    </message>
    <message>
        <source>the setting {setting} {why}</source>
        <translation>die Einstellung {setting} {why}</translation>
    </message>
    <message>
        <source>is not the address of an HTTP proxy</source>
        <translation>ist nicht die Adresse eines HTTP-Proxys</translation>
    </message>
    <message>
        <source>Give one such as {example}</source>
        <translation>Geben Sie eine an wie {example}</translation>
    </message>
    <message>
        <source>is not the address of a site</source>
        <translation>ist nicht die Adresse einer Website</translation>
    </message>
    <message>
        <source>the server sends from one address to the next without end</source>
        <translation>der Server schickt endlos von einer Adresse zur nächsten</translation>
    </message>
    <message>
        <source>the server refused the request</source>
        <translation>der Server hat die Anfrage abgelehnt</translation>
    </message>
    <message>
        <source>the server failed</source>
        <translation>der Server ist gescheitert</translation>
    </message>
    <message>
        <source>the server wants to know who asks</source>
        <translation>der Server will wissen, wer fragt</translation>
    </message>
    <message>
        <source>Sign in, or give a token that is allowed to do this</source>
        <translation>Melden Sie sich an, oder geben Sie ein Token an, das dies darf</translation>
    </message>
    <message>
        <source>the server wants to be paid</source>
        <translation>der Server verlangt Bezahlung</translation>
    </message>
    <message>
        <source>the server does not allow it</source>
        <translation>der Server erlaubt es nicht</translation>
    </message>
    <message>
        <source>there is nothing at this address</source>
        <translation>an dieser Adresse ist nichts</translation>
    </message>
    <message>
        <source>Check the address: what was there may have been moved or removed</source>
        <translation>Prüfen Sie die Adresse: Was dort war, wurde vielleicht verschoben oder entfernt</translation>
    </message>
    <message>
        <source>the proxy wants to know who asks</source>
        <translation>der Proxy will wissen, wer fragt</translation>
    </message>
    <message>
        <source>the server waited too long for the request</source>
        <translation>der Server wartete zu lange auf die Anfrage</translation>
    </message>
    <message>
        <source>it was removed for good</source>
        <translation>es wurde für immer entfernt</translation>
    </message>
    <message>
        <source>the server got too many requests</source>
        <translation>der Server bekam zu viele Anfragen</translation>
    </message>
    <message>
        <source>it is withheld for legal reasons</source>
        <translation>es wird aus rechtlichen Gründen zurückgehalten</translation>
    </message>
    <message>
        <source>It may not be offered where you are</source>
        <translation>Vielleicht wird es dort, wo Sie sind, nicht angeboten</translation>
    </message>
    <message>
        <source>the network wants a person to sign in</source>
        <translation>das Netz verlangt eine Anmeldung</translation>
    </message>
    <message>
        <source>the server does not accept this computer&apos;s certificate</source>
        <translation>der Server nimmt das Zertifikat dieses Rechners nicht an</translation>
    </message>
    <message>
        <source>Give it one that it knows</source>
        <translation>Geben Sie ihm eines, das er kennt</translation>
    </message>
    <message>
        <source>Set this computer&apos;s date and time</source>
        <translation>Stellen Sie Datum und Uhrzeit dieses Rechners</translation>
    </message>
    <message>
        <source>if they are right, only the site can renew it</source>
        <translation>stimmen sie, kann nur die Website es erneuern</translation>
    </message>
    <message>
        <source>If a proxy or virus scanner of yours looks into connections, let this computer trust its certificate</source>
        <translation>Wenn ein Proxy oder Virenscanner von Ihnen in Verbindungen hineinsieht, lassen Sie diesen Rechner seinem Zertifikat trauen</translation>
    </message>
    <message>
        <source>do not go on otherwise</source>
        <translation>machen Sie sonst nicht weiter</translation>
    </message>
    <message>
        <source>Check the spelling of the host</source>
        <translation>Prüfen Sie, ob der Server richtig geschrieben ist</translation>
    </message>
    <message>
        <source>do not go on if it is right</source>
        <translation>machen Sie nicht weiter, wenn es stimmt</translation>
    </message>
    <message>
        <source>Use the host&apos;s name instead of its number</source>
        <translation>Nehmen Sie den Namen des Servers statt seiner Nummer</translation>
    </message>
    <message>
        <source>Check the spelling of the host and the network connection</source>
        <translation>Prüfen Sie, ob der Server richtig geschrieben ist, und die Netzverbindung</translation>
    </message>
    <message>
        <source>Allow it in the firewall</source>
        <translation>Erlauben Sie es in der Firewall</translation>
    </message>
    <message>
        <source>a part of the path is no folder</source>
        <translation>ein Teil des Pfades ist kein Ordner</translation>
    </message>
    <message>
        <source>a folder stands where a file was expected</source>
        <translation>wo eine Datei erwartet wurde, steht ein Ordner</translation>
    </message>
    <message>
        <source>something already stands there</source>
        <translation>dort steht schon etwas</translation>
    </message>
    <message>
        <source>the disk cannot hold a file this large</source>
        <translation>die Platte kann keine so große Datei halten</translation>
    </message>
    <message>
        <source>another program is using the file</source>
        <translation>ein anderes Programm benutzt die Datei</translation>
    </message>
    <message>
        <source>the network share does not answer</source>
        <translation>die Netzfreigabe antwortet nicht</translation>
    </message>
    <message>
        <source>the network share was connected anew</source>
        <translation>die Netzfreigabe wurde neu verbunden</translation>
    </message>
    <message>
        <source>there is no such file or folder</source>
        <translation>es gibt keine solche Datei und keinen solchen Ordner</translation>
    </message>
    <message>
        <source>the quota of the disk is used up</source>
        <translation>das Kontingent auf der Platte ist aufgebraucht</translation>
    </message>
    <message>
        <source>the disk has no room for files of this size</source>
        <translation>die Platte hat keinen Platz für Dateien dieser Größe</translation>
    </message>
    <message>
        <source>not allowed: permission denied</source>
        <translation>nicht erlaubt: Zugriff verweigert</translation>
    </message>
    <message>
        <source>not allowed: operation not permitted</source>
        <translation>nicht erlaubt: Vorgang nicht gestattet</translation>
    </message>
    <message>
        <source>not allowed: the disk is read-only</source>
        <translation>nicht erlaubt: die Platte ist schreibgeschützt</translation>
    </message>
    <message>
        <source>not allowed</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>the name is too long</source>
        <translation>der Name ist zu lang</translation>
    </message>
    <message>
        <source>this program has too many files open</source>
        <translation>dieses Programm hat zu viele Dateien offen</translation>
    </message>
    <message>
        <source>the system has too many files open</source>
        <translation>das System hat zu viele Dateien offen</translation>
    </message>
    <message>
        <source>the system is out of memory</source>
        <translation>dem System fehlt Speicher</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>kein Speicher mehr</translation>
    </message>
    <message>
        <source>the system is busy</source>
        <translation>das System ist beschäftigt</translation>
    </message>
    <message>
        <source>Close the program that uses it, then resume</source>
        <translation>Schließen Sie das Programm, das sie benutzt, und setzen Sie fort</translation>
    </message>
    <message>
        <source>Close other programs, then resume</source>
        <translation>Schließen Sie andere Programme und setzen Sie fort</translation>
    </message>
    <message>
        <source>Check the path</source>
        <translation>Prüfen Sie den Pfad</translation>
    </message>
    <message>
        <source>Choose a shorter name</source>
        <translation>Wählen Sie einen kürzeren Namen</translation>
    </message>
    <message>
        <source>the operating system refused it</source>
        <translation>das Betriebssystem hat es abgelehnt</translation>
    </message>
    <message>
        <source>something in the program or in what it was given is wrong</source>
        <translation>am Programm oder an dem, was es bekam, stimmt etwas nicht</translation>
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
        <source>Of these, from one host</source>
        <translation>Davon von einem Server</translation>
    </message>
    <message>
        <source>How many of them may come from one host, in all programs on the store together; 0 for any number.</source>
        <translation>Wie viele davon von einem Server kommen dürfen, in allen Programmen auf dem Speicher zusammen; 0 für beliebig viele.</translation>
    </message>
    <message>
        <source>Connections per download</source>
        <translation>Verbindungen je Download</translation>
    </message>
    <message>
        <source>Through how many connections a large file is fetched, where the server proves that all parts are of one file.</source>
        <translation>Über wie viele Verbindungen eine große Datei geholt wird, wenn der Server belegt, dass alle Teile zu einer Datei gehören.</translation>
    </message>
    <message>
        <source>Hours of downloads</source>
        <translation>Stunden für Downloads</translation>
    </message>
    <message>
        <source>Between which hours downloads run, such as 22:00-07:00, by the local time; else they wait. Empty for always.</source>
        <translation>Zwischen welchen Stunden Downloads laufen, etwa 22:00-07:00, nach der Ortszeit; sonst warten sie. Leer für immer.</translation>
    </message>
    <message>
        <source>Ask before discarding</source>
        <translation>Vor dem Verwerfen fragen</translation>
    </message>
    <message>
        <source>What has come of a file and cannot be used is discarded without asking up to this size; 0 for any size.</source>
        <translation>Was von einer Datei ankam und nicht zu gebrauchen ist, wird bis zu dieser Größe ohne Rückfrage verworfen; 0 für jede Größe.</translation>
    </message>
    <message>
        <source>Ask servers about links before adding them</source>
        <translation>Server nach Links fragen, bevor sie hinzugefügt werden</translation>
    </message>
    <message>
        <source>Whether servers are asked what they have before a link is added; no for links that work only once.</source>
        <translation>Ob Server gefragt werden, was sie haben, bevor ein Link hinzugefügt wird; nein für Links, die nur einmal gehen.</translation>
    </message>
    <message>
        <source>Desktop</source>
        <translation>Desktop</translation>
    </message>
    <message>
        <source>Closing the window leaves it in the tray</source>
        <translation>Beim Schließen des Fensters im Infobereich bleiben</translation>
    </message>
    <message>
        <source>Whether closing the window leaves the program in the tray, where there is one; Quit ends it.</source>
        <translation>Ob das Programm beim Schließen des Fensters im Infobereich bleibt, wo es einen gibt; „Beenden“ beendet es.</translation>
    </message>
    <message>
        <source>Ask before quitting while downloads run</source>
        <translation>Vor dem Beenden fragen, solange Downloads laufen</translation>
    </message>
    <message>
        <source>Whether the window asks before it quits while it downloads.</source>
        <translation>Ob das Fenster fragt, bevor es mitten im Laden beendet wird.</translation>
    </message>
    <message>
        <source>Notify when downloads have finished</source>
        <translation>Melden, wenn Downloads fertig sind</translation>
    </message>
    <message>
        <source>Whether the desktop tells that downloads have finished.</source>
        <translation>Ob der Desktop meldet, dass Downloads fertig sind.</translation>
    </message>
    <message>
        <source>Notify when downloads need you</source>
        <translation>Melden, wenn Downloads Sie brauchen</translation>
    </message>
    <message>
        <source>Whether the desktop tells that downloads have failed and need you.</source>
        <translation>Ob der Desktop meldet, dass Downloads gescheitert sind und Sie brauchen.</translation>
    </message>
    <message>
        <source>Keep the computer awake while downloading</source>
        <translation>Rechner beim Laden wach halten</translation>
    </message>
    <message>
        <source>Whether the computer is kept awake while this window downloads.</source>
        <translation>Ob der Rechner wach gehalten wird, während dieses Fenster lädt.</translation>
    </message>
    <message>
        <source>Open when you log in</source>
        <translation>Bei der Anmeldung öffnen</translation>
    </message>
    <message>
        <source>Whether the window opens when you log in.</source>
        <translation>Ob sich das Fenster öffnet, wenn Sie sich anmelden.</translation>
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
        <source>The proxy that everything is asked through, such as http://proxy.example:3128; empty for the environment&apos;s.</source>
        <translation>Der Proxy, über den alles gefragt wird, etwa http://proxy.example:3128; leer für den der Umgebung.</translation>
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
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language of the window, such as de, from its next start on; empty for the system&apos;s.</source>
        <translation>Sprache des Fensters, etwa de, ab seinem nächsten Start; leer für die des Systems.</translation>
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
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>How the window looks: as the system has it, light or dark.</source>
        <translation>Wie das Fenster aussieht: wie im System, hell oder dunkel.</translation>
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
        <source>Accounts</source>
        <translation>Konten</translation>
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
    <name>speed</name>
    <message>
        <source>nothing came in the last {time}</source>
        <translation>in den letzten {time} kam nichts</translation>
    </message>
    <message>
        <source>{now} now, {mean} on average, {peak} at most</source>
        <translation>jetzt {now}, im Mittel {mean}, höchstens {peak}</translation>
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
        <source>Nothing is under way</source>
        <translation>Nichts ist in Arbeit</translation>
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
        <source>waiting its turn; a person wants it at any hour</source>
        <translation>wartet, bis es an der Reihe ist; zu jeder Stunde verlangt</translation>
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
        <source>install if the {name} is right</source>
        <translation>ablegen, wenn {name} stimmt</translation>
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
