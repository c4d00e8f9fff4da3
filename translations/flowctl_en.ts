<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>flowctl</name>
    <message numerus="yes">
        <source>Delete flow %1 and its %n execution(s)?</source>
        <translation>
            <numerusform>Delete flow %1 and its %n execution?</numerusform>
            <numerusform>Delete flow %1 and its %n executions?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deleted flow %1 and its %n execution(s)</source>
        <translation>
            <numerusform>Deleted flow %1 and its %n execution</numerusform>
            <numerusform>Deleted flow %1 and its %n executions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n execution(s) of a program that ended before are marked interrupted</source>
        <translation>
            <numerusform>%n execution of a program that ended before is marked interrupted</numerusform>
            <numerusform>%n executions of a program that ended before are marked interrupted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n execution(s)</source>
        <translation>
            <numerusform>%1 of %n execution</numerusform>
            <numerusform>%1 of %n executions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) run</source>
        <translation>
            <numerusform>%n task run</numerusform>
            <numerusform>%n tasks run</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s). Keep a copy of the data folder, and go on with the last good backup: &quot;flowctl db restore FILE&quot;</source>
        <translation>
            <numerusform>%n problem. Keep a copy of the data folder, and go on with the last good backup: &quot;flowctl db restore FILE&quot;</numerusform>
            <numerusform>%n problems. Keep a copy of the data folder, and go on with the last good backup: &quot;flowctl db restore FILE&quot;</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) would be removed</source>
        <translation>
            <numerusform>%n run would be removed</numerusform>
            <numerusform>%n runs would be removed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Removed %n run(s)</source>
        <translation>
            <numerusform>Removed %n run</numerusform>
            <numerusform>Removed %n runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n execution(s) of a program that ended before go on here</source>
        <translation>
            <numerusform>%n execution of a program that ended before goes on here</numerusform>
            <numerusform>%n executions of a program that ended before go on here</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n flow(s)</source>
        <translation>
            <numerusform>%n flow</numerusform>
            <numerusform>%n flows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n revision(s)</source>
        <translation>
            <numerusform>%n revision</numerusform>
            <numerusform>%n revisions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pinned run(s)</source>
        <translation>
            <numerusform>%n pinned run</numerusform>
            <numerusform>%n pinned runs</numerusform>
        </translation>
    </message>
</context>
</TS>
