<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
    <context>
        <name>AuditFilters</name>
        <message numerus="yes">
            <source>last %n day(s)</source>
            <translation>
                <numerusform>last day</numerusform>
                <numerusform>last %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>last %n hour(s)</source>
            <translation>
                <numerusform>last hour</numerusform>
                <numerusform>last %n hours</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AuditPage</name>
        <message numerus="yes">
            <source>%n new entry(s)</source>
            <translation>
                <numerusform>%n new entry</numerusform>
                <numerusform>%n new entries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n entry(s)</source>
            <translation>
                <numerusform>%n entry</numerusform>
                <numerusform>%n entries</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BatchPane</name>
        <message numerus="yes">
            <source>Nothing more begins. %n job(s) still run.</source>
            <translation>
                <numerusform>Nothing more begins. %n job still runs.</numerusform>
                <numerusform>Nothing more begins. %n jobs still run.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) had their job already</source>
            <translation>
                <numerusform>%n row had its job already</numerusform>
                <numerusform>%n rows had their job already</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BatchesPage</name>
        <message numerus="yes">
            <source>%n new batch(es)</source>
            <translation>
                <numerusform>%n new batch</numerusform>
                <numerusform>%n new batches</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n batch(es)</source>
            <translation>
                <numerusform>%n batch</numerusform>
                <numerusform>%n batches</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) queued</source>
            <translation>
                <numerusform>%n job queued</numerusform>
                <numerusform>%n jobs queued</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) queued again</source>
            <translation>
                <numerusform>%n row queued again</numerusform>
                <numerusform>%n rows queued again</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) that wait or run end. What is done stays.</source>
            <translation>
                <numerusform>%n job that waits or runs ends. What is done stays.</numerusform>
                <numerusform>%n jobs that wait or run end. What is done stays.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) exported</source>
            <translation>
                <numerusform>%n row exported</numerusform>
                <numerusform>%n rows exported</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BudgetsView</name>
        <message numerus="yes">
            <source>%n budget(s)</source>
            <translation>
                <numerusform>%n budget</numerusform>
                <numerusform>%n budgets</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n budget(s)</source>
            <translation>
                <numerusform>%1 of %n budget</numerusform>
                <numerusform>%1 of %n budgets</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CallFilters</name>
        <message numerus="yes">
            <source>last %n day(s)</source>
            <translation>
                <numerusform>last day</numerusform>
                <numerusform>last %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>last %n hour(s)</source>
            <translation>
                <numerusform>last hour</numerusform>
                <numerusform>last %n hours</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CallsView</name>
        <message numerus="yes">
            <source>%n new call(s)</source>
            <translation>
                <numerusform>%n new call</numerusform>
                <numerusform>%n new calls</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n call</numerusform>
                <numerusform>%n calls</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) exported</source>
            <translation>
                <numerusform>%n call exported</numerusform>
                <numerusform>%n calls exported</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CaseConflictDialog</name>
        <message numerus="yes">
            <source>Somebody else has changed %n cell(s) that you have changed too. What stands is chosen here; all else is put together.</source>
            <translation>
                <numerusform>Somebody else has changed %n cell that you have changed too. What stands is chosen here; all else is put together.</numerusform>
                <numerusform>Somebody else has changed %n cells that you have changed too. What stands is chosen here; all else is put together.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CaseImportDialog</name>
        <message numerus="yes">
            <source>%n problem(s) in the file. Nothing is imported before they are gone.</source>
            <translation>
                <numerusform>%n problem in the file. Nothing is imported before they are gone.</numerusform>
                <numerusform>%n problems in the file. Nothing is imported before they are gone.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) without variables</source>
            <translation>
                <numerusform>%n case without variables</numerusform>
                <numerusform>%n cases without variables</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) with the variables %1</source>
            <translation>
                <numerusform>%n case with the variables %1</numerusform>
                <numerusform>%n cases with the variables %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Import %n case(s)</source>
            <translation>
                <numerusform>Import %n case</numerusform>
                <numerusform>Import %n cases</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CasesFromJobsDialog</name>
        <message numerus="yes">
            <source>Add %n case(s)</source>
            <translation>
                <numerusform>Add %n case</numerusform>
                <numerusform>Add %n cases</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CasesModel</name>
        <message numerus="yes">
            <source>Remove %n case(s)</source>
            <translation>
                <numerusform>Remove %n case</numerusform>
                <numerusform>Remove %n cases</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Duplicate %n case(s)</source>
            <translation>
                <numerusform>Duplicate %n case</numerusform>
                <numerusform>Duplicate %n cases</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ChannelListModel</name>
        <message numerus="yes">
            <source>%n unread</source>
            <translation>
                <numerusform>%n unread</numerusform>
                <numerusform>%n unread</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n mentions</source>
            <translation>
                <numerusform>%n mention</numerusform>
                <numerusform>%n mentions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ChatLooks</name>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n member</numerusform>
                <numerusform>%n members</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ChatPage</name>
        <message numerus="yes">
            <source>%n online</source>
            <translation>
                <numerusform>%n online</numerusform>
                <numerusform>%n online</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) will be sent when the connection is back.</source>
            <translation>
                <numerusform>%n message will be sent when the connection is back.</numerusform>
                <numerusform>%n messages will be sent when the connection is back.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n are kept until the connection is back. Send this one after that.</source>
            <translation>
                <numerusform>%n are kept until the connection is back. Send this one after that.</numerusform>
                <numerusform>%n are kept until the connection is back. Send this one after that.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ConnectionNotice</name>
        <message numerus="yes">
            <source>Next try in %n s.</source>
            <translation>
                <numerusform>Next try in %n s.</numerusform>
                <numerusform>Next try in %n s.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ConversationView</name>
        <message numerus="yes">
            <source>%n new</source>
            <translation>
                <numerusform>%n new</numerusform>
                <numerusform>%n new</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CredentialLooks</name>
        <message numerus="yes">
            <source>The key works. The provider names %n model(s).</source>
            <translation>
                <numerusform>The key works. The provider names %n model.</numerusform>
                <numerusform>The key works. The provider names %n models.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>CredentialsPage</name>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n key</numerusform>
                <numerusform>%n keys</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DataTable</name>
        <message numerus="yes">
            <source>%n new row(s)</source>
            <translation>
                <numerusform>%n new row</numerusform>
                <numerusform>%n new rows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DatasetEditor</name>
        <message numerus="yes">
            <source>%n case(s) removed</source>
            <translation>
                <numerusform>%n case removed</numerusform>
                <numerusform>%n cases removed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n case</numerusform>
                <numerusform>%n cases</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n chosen</source>
            <translation>
                <numerusform>%n chosen</numerusform>
                <numerusform>%n chosen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not saved</source>
            <translation>
                <numerusform>%n not saved</numerusform>
                <numerusform>%n not saved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) imported</source>
            <translation>
                <numerusform>%n case imported</numerusform>
                <numerusform>%n cases imported</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) added from jobs</source>
            <translation>
                <numerusform>%n case added from jobs</numerusform>
                <numerusform>%n cases added from jobs</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DatasetsView</name>
        <message numerus="yes">
            <source>The first %n dataset(s)</source>
            <translation>
                <numerusform>The first dataset</numerusform>
                <numerusform>The first %n datasets</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n dataset(s)</source>
            <translation>
                <numerusform>%n dataset</numerusform>
                <numerusform>%n datasets</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ErasuresView</name>
        <message numerus="yes">
            <source>%n receipt(s)</source>
            <translation>
                <numerusform>%n receipt</numerusform>
                <numerusform>%n receipts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ExpiryChoice</name>
        <message numerus="yes">
            <source>In %n day(s)</source>
            <translation>
                <numerusform>In %n day</numerusform>
                <numerusform>In %n days</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message numerus="yes">
            <source>%n template(s), with all versions and labels</source>
            <translation>
                <numerusform>%n template, with all versions and labels</numerusform>
                <numerusform>%n templates, with all versions and labels</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>GatePane</name>
        <message numerus="yes">
            <source>Cases %1 and %n more</source>
            <translation>
                <numerusform>Cases %1 and %n more</numerusform>
                <numerusform>Cases %1 and %n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>GatesView</name>
        <message numerus="yes">
            <source>%n gate(s)</source>
            <translation>
                <numerusform>%n gate</numerusform>
                <numerusform>%n gates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n gate(s)</source>
            <translation>
                <numerusform>%1 of %n gate</numerusform>
                <numerusform>%1 of %n gates</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImportDialog</name>
        <message numerus="yes">
            <source>Import %n template(s)</source>
            <translation>
                <numerusform>Import %n template</numerusform>
                <numerusform>Import %n templates</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImportModel</name>
        <message numerus="yes">
            <source>%n version(s)</source>
            <translation>
                <numerusform>%n version</numerusform>
                <numerusform>%n versions</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobActions</name>
        <message numerus="yes">
            <source>Could not cancel %1 of %n job(s)</source>
            <translation>
                <numerusform>Could not cancel %1 of %n job</numerusform>
                <numerusform>Could not cancel %1 of %n jobs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Could not retry %1 of %n job(s)</source>
            <translation>
                <numerusform>Could not retry %1 of %n job</numerusform>
                <numerusform>Could not retry %1 of %n jobs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) cancelled</source>
            <translation>
                <numerusform>%n job cancelled</numerusform>
                <numerusform>%n jobs cancelled</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) queued again</source>
            <translation>
                <numerusform>%n job queued again</numerusform>
                <numerusform>%n jobs queued again</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobFilters</name>
        <message numerus="yes">
            <source>last %n day(s)</source>
            <translation>
                <numerusform>last day</numerusform>
                <numerusform>last %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>last %n hour(s)</source>
            <translation>
                <numerusform>last hour</numerusform>
                <numerusform>last %n hours</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobStory</name>
        <message numerus="yes">
            <source>used up its %n attempt(s)</source>
            <translation>
                <numerusform>used up its %n attempt</numerusform>
                <numerusform>used up its %n attempts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobsNotices</name>
        <message numerus="yes">
            <source>%n job(s)</source>
            <translation>
                <numerusform>%n job</numerusform>
                <numerusform>%n jobs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n selected</numerusform>
                <numerusform>%n selected</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobsPage</name>
        <message numerus="yes">
            <source>%n new job(s)</source>
            <translation>
                <numerusform>%n new job</numerusform>
                <numerusform>%n new jobs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) exported</source>
            <translation>
                <numerusform>%n job exported</numerusform>
                <numerusform>%n jobs exported</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n dead letter(s)</source>
            <comment>discard …</comment>
            <translation>
                <numerusform>%n dead letter</numerusform>
                <numerusform>%n dead letters</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>KeyPane</name>
        <message numerus="yes">
            <source>%n call(s) failed</source>
            <translation>
                <numerusform>%n call failed</numerusform>
                <numerusform>%n calls failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) of models without a price, not in the cost</source>
            <translation>
                <numerusform>%n call of a model without a price, not in the cost</numerusform>
                <numerusform>%n calls of models without a price, not in the cost</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>KeysView</name>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n key</numerusform>
                <numerusform>%n keys</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n key(s)</source>
            <translation>
                <numerusform>%1 of %n key</numerusform>
                <numerusform>%1 of %n keys</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 · %n selected</source>
            <translation>
                <numerusform>%1 · %n selected</numerusform>
                <numerusform>%1 · %n selected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n key(s) revoked</source>
            <translation>
                <numerusform>%n key revoked</numerusform>
                <numerusform>%n keys revoked</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n key(s) exported</source>
            <translation>
                <numerusform>%n key exported</numerusform>
                <numerusform>%n keys exported</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>LimitsView</name>
        <message numerus="yes">
            <source>%n limit(s)</source>
            <translation>
                <numerusform>%n limit</numerusform>
                <numerusform>%n limits</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n limit(s)</source>
            <translation>
                <numerusform>%1 of %n limit</numerusform>
                <numerusform>%1 of %n limits</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MassActionDialog</name>
        <message numerus="yes">
            <source>%n dead letter(s) match the filter.</source>
            <translation>
                <numerusform>%n dead letter matches the filter.</numerusform>
                <numerusform>%n dead letters match the filter.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>There are %n dead letter(s).</source>
            <translation>
                <numerusform>There is %n dead letter.</numerusform>
                <numerusform>There are %n dead letters.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Replay %n job(s)</source>
            <translation>
                <numerusform>Replay %n job</numerusform>
                <numerusform>Replay %n jobs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Discard %n job(s)</source>
            <translation>
                <numerusform>Discard %n job</numerusform>
                <numerusform>Discard %n jobs</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MassActions</name>
        <message numerus="yes">
            <source>%n dead letter(s) queued again</source>
            <translation>
                <numerusform>%n dead letter queued again</numerusform>
                <numerusform>%n dead letters queued again</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n dead letter(s) discarded</source>
            <translation>
                <numerusform>%n dead letter discarded</numerusform>
                <numerusform>%n dead letters discarded</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n had become something else</source>
            <translation>
                <numerusform>%n had become something else</numerusform>
                <numerusform>%n had become something else</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MatrixModel</name>
        <message numerus="yes">
            <source>%n regression(s)</source>
            <translation>
                <numerusform>%n regression</numerusform>
                <numerusform>%n regressions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n improvement(s)</source>
            <translation>
                <numerusform>%n improvement</numerusform>
                <numerusform>%n improvements</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MergeDialog</name>
        <message numerus="yes">
            <source>%n part(s) still to be decided</source>
            <translation>
                <numerusform>%n part still to be decided</numerusform>
                <numerusform>%n parts still to be decided</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MessagesDialog</name>
        <message numerus="yes">
            <source>%n found so far, more as you scroll</source>
            <translation>
                <numerusform>%n found so far, more as you scroll</numerusform>
                <numerusform>%n found so far, more as you scroll</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n found</numerusform>
                <numerusform>%n found</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PeopleDialog</name>
        <message numerus="yes">
            <source>%n can be chosen at most.</source>
            <translation>
                <numerusform>%n can be chosen at most.</numerusform>
                <numerusform>%n can be chosen at most.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PlansView</name>
        <message numerus="yes">
            <source>%n plan(s)</source>
            <translation>
                <numerusform>%n plan</numerusform>
                <numerusform>%n plans</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PriceAliasesView</name>
        <message numerus="yes">
            <source>%n name(s)</source>
            <translation>
                <numerusform>%n name</numerusform>
                <numerusform>%n names</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PriceImportDialog</name>
        <message numerus="yes">
            <source>Import %n row(s)</source>
            <translation>
                <numerusform>Import %n row</numerusform>
                <numerusform>Import %n rows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PricesPage</name>
        <message numerus="yes">
            <source>%n price(s) imported</source>
            <translation>
                <numerusform>%n price imported</numerusform>
                <numerusform>%n prices imported</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PricesView</name>
        <message numerus="yes">
            <source>%n model(s) called in the last week without a price, so with an unknown cost: %1.</source>
            <translation>
                <numerusform>%n model called in the last week without a price, so with an unknown cost: %1.</numerusform>
                <numerusform>%n models called in the last week without a price, so with an unknown cost: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n price(s)</source>
            <translation>
                <numerusform>%n price</numerusform>
                <numerusform>%n prices</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n price(s)</source>
            <translation>
                <numerusform>%1 of %n price</numerusform>
                <numerusform>%1 of %n prices</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>QObject</name>
        <message numerus="yes">
            <source>%n tokens</source>
            <translation>
                <numerusform>%n token</numerusform>
                <numerusform>%n tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n replies</source>
            <translation>
                <numerusform>%n reply</numerusform>
                <numerusform>%n replies</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n people</source>
            <translation>
                <numerusform>%n person</numerusform>
                <numerusform>%n people</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RefusalsView</name>
        <message numerus="yes">
            <source>%n newer refusal(s)</source>
            <translation>
                <numerusform>%n newer refusal</numerusform>
                <numerusform>%n newer refusals</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n refusal(s)</source>
            <translation>
                <numerusform>%n refusal</numerusform>
                <numerusform>%n refusals</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RerateDialog</name>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n call</numerusform>
                <numerusform>%n calls</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) differ</source>
            <translation>
                <numerusform>%n call differs</numerusform>
                <numerusform>%n calls differ</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RolesView</name>
        <message numerus="yes">
            <source>%n role(s) of your own</source>
            <translation>
                <numerusform>%n role of your own</numerusform>
                <numerusform>%n roles of your own</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) have it, and lose what only it allows.</source>
            <translation>
                <numerusform>%n person has it, and loses what only it allows.</numerusform>
                <numerusform>%n people have it, and lose what only it allows.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RoutePane</name>
        <message numerus="yes">
            <source>%n call(s) in the last minute</source>
            <translation>
                <numerusform>%n call in the last minute</numerusform>
                <numerusform>%n calls in the last minute</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <comment>calls of a target</comment>
            <translation>
                <numerusform>%n failed</numerusform>
                <numerusform>%n failed</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RoutesView</name>
        <message numerus="yes">
            <source>%n route(s)</source>
            <translation>
                <numerusform>%n route</numerusform>
                <numerusform>%n routes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n route(s)</source>
            <translation>
                <numerusform>%1 of %n route</numerusform>
                <numerusform>%1 of %n routes</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RuleEffectView</name>
        <message numerus="yes">
            <source>Nothing, for any of the %n active person(s).</source>
            <translation>
                <numerusform>Nothing, for the only active person.</numerusform>
                <numerusform>Nothing, for any of the %n active people.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It changes something for %1 of %n active person(s).</source>
            <translation>
                <numerusform>It changes something for %1 of %n active person.</numerusform>
                <numerusform>It changes something for %1 of %n active people.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It locks %n person(s) out of something.</source>
            <translation>
                <numerusform>It locks %n person out of something.</numerusform>
                <numerusform>It locks %n people out of something.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It locks at least %n person(s) out of something.</source>
            <translation>
                <numerusform>It locks at least %n person out of something.</numerusform>
                <numerusform>It locks at least %n people out of something.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RulesView</name>
        <message numerus="yes">
            <source>%n rule(s)</source>
            <translation>
                <numerusform>%n rule</numerusform>
                <numerusform>%n rules</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n rule(s)</source>
            <translation>
                <numerusform>%1 of %n rule</numerusform>
                <numerusform>%1 of %n rules</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RunDialog</name>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n case</numerusform>
                <numerusform>%n cases</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n column(s)</source>
            <translation>
                <numerusform>%n column</numerusform>
                <numerusform>%n columns</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s)</source>
            <translation>
                <numerusform>%n answer</numerusform>
                <numerusform>%n answers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n call</numerusform>
                <numerusform>%n calls</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RunFileDialog</name>
        <message numerus="yes">
            <source>%n row(s) refused</source>
            <translation>
                <numerusform>%n row refused</numerusform>
                <numerusform>%n rows refused</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s), the first %1 are shown</source>
            <translation>
                <numerusform>%n row, the first %1 are shown</numerusform>
                <numerusform>%n rows, the first %1 are shown</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s)</source>
            <translation>
                <numerusform>%n row</numerusform>
                <numerusform>%n rows</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Run %n row(s)</source>
            <translation>
                <numerusform>Run %n row</numerusform>
                <numerusform>Run %n rows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RunMatrixView</name>
        <message numerus="yes">
            <source>%n case(s) exported</source>
            <translation>
                <numerusform>%n case exported</numerusform>
                <numerusform>%n cases exported</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n regression(s)</source>
            <translation>
                <numerusform>%n regression</numerusform>
                <numerusform>%n regressions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n improvement(s)</source>
            <translation>
                <numerusform>%n improvement</numerusform>
                <numerusform>%n improvements</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1: score %2 → %3 over %n case(s)</source>
            <translation>
                <numerusform>%1: score %2 → %3 over %n case</numerusform>
                <numerusform>%1: score %2 → %3 over %n cases</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n case</numerusform>
                <numerusform>%n cases</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n column(s)</source>
            <translation>
                <numerusform>%n column</numerusform>
                <numerusform>%n columns</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) each</source>
            <translation>
                <numerusform>%n answer each</numerusform>
                <numerusform>%n answers each</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n case(s)</source>
            <translation>
                <numerusform>%1 of %n case</numerusform>
                <numerusform>%1 of %n cases</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The first %n case(s)</source>
            <translation>
                <numerusform>The first case</numerusform>
                <numerusform>The first %n cases</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) failed</source>
            <translation>
                <numerusform>%n answer failed</numerusform>
                <numerusform>%n answers failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n did not come</source>
            <comment>answers</comment>
            <translation>
                <numerusform>%n did not come</numerusform>
                <numerusform>%n did not come</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RunNotices</name>
        <message numerus="yes">
            <source>Tried %n time(s)</source>
            <translation>
                <numerusform>Tried %n time</numerusform>
                <numerusform>Tried %n times</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RunsView</name>
        <message numerus="yes">
            <source>The newest %n run(s)</source>
            <translation>
                <numerusform>The newest run</numerusform>
                <numerusform>The newest %n runs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n run(s)</source>
            <translation>
                <numerusform>%n run</numerusform>
                <numerusform>%n runs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n running</source>
            <translation>
                <numerusform>%n running</numerusform>
                <numerusform>%n running</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SecuritySection</name>
        <message numerus="yes">
            <source>On since %1. %n recovery codes are left.</source>
            <translation>
                <numerusform>On since %1. %n recovery code is left.</numerusform>
                <numerusform>On since %1. %n recovery codes are left.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SignInAttempt</name>
        <message numerus="yes">
            <source>Too many tries. The next one is possible in %n s.</source>
            <translation>
                <numerusform>Too many tries. The next one is possible in %n s.</numerusform>
                <numerusform>Too many tries. The next one is possible in %n s.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TemplateEditor</name>
        <message numerus="yes">
            <source>%n problem(s)</source>
            <translation>
                <numerusform>%n problem</numerusform>
                <numerusform>%n problems</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TemplateFolders</name>
        <message numerus="yes">
            <source>%1, %n template(s)</source>
            <translation>
                <numerusform>%1, %n template</numerusform>
                <numerusform>%1, %n templates</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TemplatePresence</name>
        <message numerus="yes">
            <source>%n people are editing</source>
            <translation>
                <numerusform>%n person is editing</numerusform>
                <numerusform>%n people are editing</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n people have it open</source>
            <translation>
                <numerusform>%n person has it open</numerusform>
                <numerusform>%n people have it open</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TemplatesPage</name>
        <message numerus="yes">
            <source>%n template(s)</source>
            <translation>
                <numerusform>%n template</numerusform>
                <numerusform>%n templates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n template(s)</source>
            <translation>
                <numerusform>%1 of %n template</numerusform>
                <numerusform>%1 of %n templates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Export %n selected…</source>
            <translation>
                <numerusform>Export %n selected…</numerusform>
                <numerusform>Export %n selected…</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move %n template(s)</source>
            <translation>
                <numerusform>Move %n template</numerusform>
                <numerusform>Move %n templates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n template(s) moved</source>
            <translation>
                <numerusform>%n template moved</numerusform>
                <numerusform>%n templates moved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n template(s) imported</source>
            <translation>
                <numerusform>%n template imported</numerusform>
                <numerusform>%n templates imported</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TenantsView</name>
        <message numerus="yes">
            <source>%n tenant(s)</source>
            <translation>
                <numerusform>%n tenant</numerusform>
                <numerusform>%n tenants</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n tenant(s)</source>
            <translation>
                <numerusform>%1 of %n tenant</numerusform>
                <numerusform>%1 of %n tenants</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TypingLine</name>
        <message numerus="yes">
            <source>%n people are typing</source>
            <translation>
                <numerusform>%n person is typing</numerusform>
                <numerusform>%n people are typing</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UsageOverview</name>
        <message numerus="yes">
            <source>nothing in the %n day(s) before</source>
            <translation>
                <numerusform>nothing on the day before</numerusform>
                <numerusform>nothing in the %n days before</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>vs. %n day(s) before</source>
            <translation>
                <numerusform>vs. the day before</numerusform>
                <numerusform>vs. %n days before</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n other(s)</source>
            <translation>
                <numerusform>%n other</numerusform>
                <numerusform>%n others</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UsagePage</name>
        <message numerus="yes">
            <source>The end of %n call(s) was lost with a server that stopped; their cost is an estimate.</source>
            <translation>
                <numerusform>The end of %n call was lost with a server that stopped; its cost is an estimate.</numerusform>
                <numerusform>The end of %n calls was lost with a server that stopped; their cost is an estimate.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) went to models without a price; their cost is not in these sums.</source>
            <translation>
                <numerusform>%n call went to a model without a price; its cost is not in these sums.</numerusform>
                <numerusform>%n calls went to models without a price; their cost is not in these sums.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n call</numerusform>
                <numerusform>%n calls</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UsedByList</name>
        <message numerus="yes">
            <source>The first %n that include this one:</source>
            <translation>
                <numerusform>The first that includes this one:</numerusform>
                <numerusform>The first %n that include this one:</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UsersPage</name>
        <message numerus="yes">
            <source>%n person(s)</source>
            <translation>
                <numerusform>%n person</numerusform>
                <numerusform>%n people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n person(s)</source>
            <translation>
                <numerusform>%1 of %n person</numerusform>
                <numerusform>%1 of %n people</numerusform>
            </translation>
        </message>
    </context>
</TS>
