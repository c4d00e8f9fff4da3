<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CloseWindow</name>
    <message numerus="yes">
        <source>%n flow(s) are still running</source>
        <translation>
            <numerusform>%n flow is still running</numerusform>
            <numerusform>%n flows are still running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::FlowDocument</name>
    <message numerus="yes">
        <source>Paste %n task(s)</source>
        <translation>
            <numerusform>Paste %n task</numerusform>
            <numerusform>Paste %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Duplicate %n task(s)</source>
        <translation>
            <numerusform>Duplicate %n task</numerusform>
            <numerusform>Duplicate %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n task(s)</source>
        <translation>
            <numerusform>Move %n task</numerusform>
            <numerusform>Move %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n item(s)</source>
        <translation>
            <numerusform>Delete %n item</numerusform>
            <numerusform>Delete %n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::LibraryController</name>
    <message numerus="yes">
        <source>Its %n run(s), with their inputs and outputs, go with it. This cannot be undone.</source>
        <translation>
            <numerusform>Its one run, with its input and output, goes with it. This cannot be undone.</numerusform>
            <numerusform>Its %n runs, with their inputs and outputs, go with it. This cannot be undone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::MainWindow</name>
    <message numerus="yes">
        <source>%n run(s) had not ended when the program last did; the history shows them as interrupted</source>
        <translation>
            <numerusform>%n run had not ended when the program last did; the history shows them as interrupted</numerusform>
            <numerusform>%n runs had not ended when the program last did; the history shows them as interrupted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) had not ended when the program last did, and go on now</source>
        <translation>
            <numerusform>%n run had not ended when the program last did, and goes on now</numerusform>
            <numerusform>%n runs had not ended when the program last did, and go on now</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (and %n more: see the log)</source>
        <translation>
            <numerusform>%1 (and %n more: see the log)</numerusform>
            <numerusform>%1 (and %n more: see the log)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::OpenController</name>
    <message numerus="yes">
        <source>It has %n problem(s). Mend the file in a text editor, then open it again.</source>
        <translation>
            <numerusform>It has one problem. Mend the file in a text editor, then open it again.</numerusform>
            <numerusform>It has %n problems. Mend the file in a text editor, then open it again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::QuickTaskMenu</name>
    <message numerus="yes">
        <source>Search %n task(s)</source>
        <translation>
            <numerusform>Search %n task</numerusform>
            <numerusform>Search %n tasks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::SaveController</name>
    <message numerus="yes">
        <source>Exported “%1” without %n thing(s)</source>
        <translation>
            <numerusform>Exported “%1” without %n thing</numerusform>
            <numerusform>Exported “%1” without %n things</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::SessionStart</name>
    <message numerus="yes">
        <source>Restore %n flow(s) with unsaved changes?</source>
        <translation>
            <numerusform>Restore %n flow with unsaved changes?</numerusform>
            <numerusform>Restore %n flows with unsaved changes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s) with unsaved changes cannot be read</source>
        <translation>
            <numerusform>%n flow with unsaved changes cannot be read</numerusform>
            <numerusform>%n flows with unsaved changes cannot be read</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::UnsavedGuard</name>
    <message numerus="yes">
        <source>Save the changes to %n flow(s)?</source>
        <translation>
            <numerusform>Save the changes to %n flow?</numerusform>
            <numerusform>Save the changes to %n flows?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>flow::WindowStatus</name>
    <message numerus="yes">
        <source>%n flow(s) are running</source>
        <translation>
            <numerusform>%n flow is running</numerusform>
            <numerusform>%n flows are running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s) are paused</source>
        <translation>
            <numerusform>%n flow is paused</numerusform>
            <numerusform>%n flows are paused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s)</source>
        <translation>
            <numerusform>%n error</numerusform>
            <numerusform>%n errors</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
</TS>
