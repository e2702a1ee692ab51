// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/demo_pages.h"

#include "client/design/theme.h"
#include "client/widgets/banner.h"
#include "client/widgets/button.h"
#include "client/widgets/card.h"
#include "client/widgets/charts.h"
#include "client/widgets/chips.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/empty_state.h"
#include "client/widgets/filter_bar.h"
#include "client/widgets/form_field.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"
#include "client/widgets/table_model.h"
#include "client/widgets/timeline.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDate>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QRadioButton>
#include <QSplitter>

namespace {

struct Run
{
    int id = 0;
    int state = 0;
    QString name;
    QString model;
    QString person;
    int tokens = 0;
    double cost = 0;
    double seconds = 0;
    int age = 0;
};

const StatusLook looks[] = {{Tone::Info, QStringLiteral("loader"), QStringLiteral("Running")},
                            {Tone::Danger, QStringLiteral("circle-x"), QStringLiteral("Failed")},
                            {Tone::Success, QStringLiteral("circle-check"), QStringLiteral("Succeeded")},
                            {Tone::Warning, QStringLiteral("rotate-cw"), QStringLiteral("Retrying")},
                            {Tone::Violet, QStringLiteral("triangle-alert"), QStringLiteral("Dead letter")},
                            {Tone::Neutral, QStringLiteral("clock"), QStringLiteral("Queued")}};

QString idText(const Run &run) { return QStringLiteral("job_%1").arg(0x9f31c2 - run.id * 41, 6, 16); }
QString usd(double amount, int digits) { return QLocale().toCurrencyString(amount, QStringLiteral("$"), digits); }

std::vector<Run> runs(int count)
{
    const QStringList names{"order-refund-reply", "churn-summary",   "kb-answer",
                            "lead-score",         "product-copy-pt", "support-triage"};
    const QStringList models{"mistral-large-2", "llama-3.1-70b", "claude-sonnet-4.5", "gpt-4o-mini"};
    const QStringList people{"Lucas Ferreira", "Marina Duarte", "Jun Sato", "Sofia Rossi", "Tom Okafor", "scheduler"};
    const int states[] = {0, 0, 1, 2, 0, 3, 2, 2, 4, 2, 5, 2, 1, 2, 2, 2};
    std::vector<Run> rows;
    for (int i = 0; i < count; ++i)
        rows.push_back({i, states[i % 16], names[(i * 7 + i / 3) % 6], models[(i * 5) % 4],
                        people[(i * 11 + i / 4) % 6], 2000 + (i * 733) % 7000, 0.01 + ((i * 37) % 400) / 10000.0,
                        0.4 + ((i * 13) % 110) / 10.0, 4 + i * 20});
    return rows;
}

class RunsModel : public TableModel<Run>
{
public:
    RunsModel()
        : TableModel(
            {status(), column<Run>("id", "Job", &Run::id, idText, CellKind::Mono, 96),
             wide(column<Run>("name", "Template", &Run::name, CellKind::Strong, 150)),
             column<Run>("model", "Model", &Run::model, CellKind::Muted, 120), person(),
             column<Run>("tokens", "Tokens", &Run::tokens, CellKind::Number, 72),
             column<Run>(
                 "cost", "Cost", &Run::cost, [](const Run &r) { return usd(r.cost, 4); }, CellKind::Number, 72),
             duration(),
             column<Run>(
                 "age", "Age", &Run::age, [](const Run &r) { return QStringLiteral("%1 min").arg(r.age / 60 + 1); },
                 CellKind::Muted, 64)})
    {
    }

private:
    static Column wide(Column column)
    {
        column.stretches = true;
        return column;
    }
    static Column status()
    {
        auto made = column<Run>(
            "status", "Status", &Run::state, [](const Run &r) { return looks[r.state].label; }, CellKind::Status, 108);
        made.extra = [](const Run &r) { return QVariant::fromValue(looks[r.state]); };
        made.choices = [] { return QList<StatusLook>(std::begin(looks), std::end(looks)); };
        return made;
    }
    static Column person()
    {
        auto made = column<Run>("person", "Run by", &Run::person, CellKind::Person, 120);
        made.extra = [](const Run &r) { return QVariant::fromValue(PersonLook{r.person, r.person}); };
        return made;
    }
    static Column duration()
    {
        auto made = column<Run>(
            "duration", "Duration", &Run::seconds,
            [](const Run &r) { return QStringLiteral("%1 s").arg(QLocale().toString(r.seconds, 'f', 1)); },
            CellKind::Progress, 80);
        made.extra = [](const Run &r) {
            return r.state == 0 ? QVariant::fromValue(ProgressLook{0.57, QStringLiteral("57 % done")}) : QVariant();
        };
        return made;
    }
};

class RunsPage : public PageWidget
{
public:
    RunsPage() : m_table(new DataTable(QStringLiteral("Jobs"))), m_footer(new Footer)
    {
        auto *header = new PageHeader;
        header->setTitle(QStringLiteral("Jobs"),
                         QStringLiteral("Every model call, live. Retry, cancel or replay any of them."));
        header->addAction(new Button(QStringLiteral("Export"), QStringLiteral("download")));
        header->addAction(new Button(QStringLiteral("New run"), QStringLiteral("play"), ButtonVariant::Primary));
        auto *tabs = new Tabs(QStringLiteral("Views"));
        tabs->setTabs({"All", "Running", "Failed today", "Dead letter", "Slow > 10 s", "Mine"});
        tabs->setCount(1, 3);
        tabs->setCount(2, 37);
        tabs->setCount(3, 7);
        auto *filters = new FilterBar(QStringLiteral("Filter by ID, template, text…"));
        filters->setConditions({{"started", "Started", "24h", "last 24 hours"}, {"model", "Model", "3", "any of 3"}});
        filters->addTool(new IconButton(QStringLiteral("columns-3"), QStringLiteral("Columns")));
        filters->addTool(new IconButton(QStringLiteral("refresh-cw"), QStringLiteral("Refresh"), QStringLiteral("F5")));
        auto *split = new QSplitter;
        split->addWidget(m_table);
        split->addWidget(makeDetail());
        split->setStretchFactor(0, 1);
        split->setCollapsible(0, false);
        m_footer->setText(QStringLiteral("100,000 jobs  ·  1 selected"));
        m_footer->setHints({{"J, K", "move"}, {"Return", "open"}, {"R", "retry"}, {"Del", "cancel"}, {"F", "filter"}});
        setLayout(layout::tight(
            layout::column({header,
                            layout::inset(layout::row({tabs, layout::stretch()}),
                                          {Length::Space16, Length::Hairline, Length::Space24, Length::Hairline}),
                            layout::line(), filters, layout::line(), layout::wide(split), m_footer})));
        m_model.setRows(runs(100'000));
        m_table->setModel(&m_model);
        m_table->setNewRowsText([](int count) { return QStringLiteral("%1 new jobs").arg(count); });
        m_table->selectRow(2);
        for (int i = 0; i < 12; ++i)
            m_model.put({-1 - i, 0, "order-refund-reply", "gpt-4o-mini", "Jun Sato", 1, 0.1, 1, 1});
    }
    QWidget *mainContent() override { return m_table; }
    QList<Command> commands() override
    {
        return {{.id = "jobs.retry",
                 .text = "Retry selected job",
                 .icon = "rotate-cw",
                 .keys = "R",
                 .run = [] {},
                 .subject = "job_9f31c2"}};
    }

private:
    QWidget *makeDetail()
    {
        auto *detail = new DetailPane;
        detail->setStatus(looks[1]);
        detail->setTitle(QStringLiteral("order-refund-reply"), QStringLiteral("job_9f3178"));
        detail->addTool(new IconButton(QStringLiteral("link"), QStringLiteral("Copy link")));
        detail->addAction(new Button(QStringLiteral("Retry"), QStringLiteral("rotate-cw"), ButtonVariant::Primary));
        auto *replay = new IconButton(QStringLiteral("play"), QStringLiteral("Replay"));
        replay->setVariant(ButtonVariant::Secondary);
        detail->addAction(replay);
        detail->addAction(new IconButton(QStringLiteral("ellipsis"), QStringLiteral("More")));
        auto *banner = new Banner;
        banner->show(Tone::Danger, QStringLiteral("circle-alert"), QStringLiteral("Provider rate limit (429)"));
        detail->addSection(QString(), banner);
        auto *facts = new Facts;
        facts->setFacts({{"Model", "claude-sonnet-4.5"},
                         {"Tokens", "4,812 in · 0 out"},
                         {"Cost", "$0.0144"},
                         {"Run by", "Marina Duarte"},
                         {"Trigger", "API key “checkout-prod”"}});
        detail->addSection(QString(), facts);
        auto *timeline = new Timeline(QStringLiteral("Attempts"));
        timeline->setSteps({{looks[5], "Queued", "priority normal, queue llm-default", "14:02:11"},
                            {looks[3], "Attempt 1", "429 after 812 ms", "14:02:12"},
                            {looks[3], "Attempt 2", "429 after 640 ms, backoff 4 s", "14:02:17"},
                            {looks[1], "Failed", "moves to dead letter in 24 h", "14:02:26"}});
        detail->addSection(QStringLiteral("Timeline"), timeline);
        auto *code = new CodeBox(QStringLiteral("Input variables"));
        code->setText(QStringLiteral("{\n  \"order_id\": \"A-20931\",\n  \"customer\": \"Beatriz Lima\",\n  "
                                     "\"reason\": \"wrong size\",\n  \"language\": \"pt-BR\"\n}"));
        detail->addSection(QStringLiteral("Input variables"), code);
        return detail;
    }

    RunsModel m_model;
    DataTable *m_table;
    Footer *m_footer;
};

class UsageDemo : public PageWidget
{
public:
    UsageDemo()
    {
        auto *header = new PageHeader;
        header->setTitle(QStringLiteral("Usage & billing"),
                         QStringLiteral("1 – 30 June 2025 · all models, users and templates"));
        auto *range = new SegmentedControl(QStringLiteral("Range"));
        range->setChoices({"7 days", "30 days", "Quarter", "Custom"});
        range->setCurrent(1);
        header->addAction(range);
        header->addAction(new Button(QStringLiteral("CSV"), QStringLiteral("download")));
        auto *tabs = new Tabs(QStringLiteral("Views"));
        tabs->setTabs({"Overview", "By model", "By user", "By template", "Budgets", "Invoices"});
        auto *spend = new KpiCard(QStringLiteral("Spend"));
        spend->setValue(usd(11482.60, 2));
        spend->setChange(QStringLiteral("12.4 %"), QStringLiteral("vs. May"), true, KpiCard::Trend::Bad);
        spend->setCourse({3, 4, 3.6, 4.4, 5, 4.8, 5.5, 5.2, 6, 7, 6.4, 6.9});
        auto *tokens = new KpiCard(QStringLiteral("Tokens"));
        tokens->setValue(QStringLiteral("1.84 B"));
        tokens->setChange(QStringLiteral("9.1 %"), QStringLiteral("vs. May"), true, KpiCard::Trend::Good);
        tokens->setCourse({3, 3.2, 3, 4, 4.5, 4.2, 5.1, 5.0, 6, 6.5});
        auto *runs = new KpiCard(QStringLiteral("Cost per 1,000 runs"));
        runs->setValue(QStringLiteral("$6.21"));
        runs->setChange(QStringLiteral("3.8 %"), QStringLiteral("vs. May"), false, KpiCard::Trend::Good);
        runs->setCourse({6, 5.6, 6.2, 5.2, 5, 4.6, 4.8, 4, 3.8, 3});
        auto *budget = new KpiCard;
        budget->setTitle(QStringLiteral("Monthly budget"), QStringLiteral("$15,000 · 8 days left"));
        budget->setValue(QStringLiteral("76.5 %"));
        budget->setShare(0.765);

        ChartData data;
        data.series = {"claude-sonnet-4.5", "gpt-4o-mini", "llama-3.1-70b", "mistral-large-2"};
        data.values.resize(4);
        for (int day = 0; day < 30; ++day) {
            const QDate date(2025, 6, day + 1);
            data.categories << QString::number(day + 1);
            data.categoryTitles << QLocale().toString(date, QStringLiteral("ddd d MMMM"));
            const double weekend = date.dayOfWeek() > 5 ? 0.4 : 1;
            for (int series = 0; series < 4; ++series)
                data.values[series] << weekend * (60 + (day * 37 + series * 53) % 90)
                        * (series == 0 ? 2.2 : 1 - 0.2 * series);
        }
        auto *chart = new StackedBars(QStringLiteral("Spend per day"));
        chart->setData(
            data, [](double v) { return usd(v, 0); }, [](double v) { return usd(v, 2); });
        auto *legend = new ChartLegend;
        legend->setSeries(data.series);
        auto *perDay = new Card;
        perDay->setTitle(QStringLiteral("Spend per day"), QStringLiteral("USD, by model"));
        perDay->header()->addWidget(legend);
        perDay->body()->addWidget(chart);
        perDay->setMinimumHeight(330);
        auto *ring = new ShareRing(QStringLiteral("Share of spend"));
        ring->setShares(
            {{"claude-sonnet-4.5", 52}, {"gpt-4o-mini", 23}, {"llama-3.1-70b", 15}, {"mistral-large-2", 10}},
            QStringLiteral("$11.5k"), QStringLiteral("this month"));
        auto *share = new Card(QStringLiteral("Share of spend"));
        share->body()->addWidget(ring);
        auto *users = new Card(QStringLiteral("Top users"));
        auto *bars = new BarList(QStringLiteral("Top users"));
        bars->setBars({{"1", "Marina Duarte", "412 M tokens", "$2,310.18", 2310},
                       {"2", "Priya Nair", "377 M tokens", "$2,064.02", 2064},
                       {"3", "scheduler", "service", "$1,620.77", 1620},
                       {"4", "Tom Okafor", "190 M tokens", "$940.30", 940}});
        users->body()->addWidget(bars);
        auto *empty = new Card(QStringLiteral("Anomalies"));
        auto *none = new StackedBars(QStringLiteral("Anomalies"));
        none->setEmptyText(QStringLiteral("No usage in this period"));
        empty->body()->addWidget(none);
        auto *content = layout::box(layout::inset(
            layout::column(
                {layout::row({layout::wide(spend), layout::wide(tokens), layout::wide(runs), layout::wide(budget)},
                             Length::Space14),
                 layout::wide(layout::row({layout::wide(perDay, 3), layout::wide(share, 1)}, Length::Space14)),
                 layout::row({layout::wide(users), layout::wide(empty)}, Length::Space14)},
                Length::Space14),
            {Length::Space24, Length::Space16, Length::Space24, Length::Space24}));
        setLayout(layout::tight(
            layout::column({header,
                            layout::inset(layout::row({tabs, layout::stretch()}),
                                          {Length::Space16, Length::Hairline, Length::Space24, Length::Hairline}),
                            layout::line(), layout::wide(layout::scrolling(content))})));
    }
};

class PartsPage : public PageWidget
{
public:
    PartsPage()
    {
        auto *header = new PageHeader;
        header->setTitle(QStringLiteral("Parts"), QStringLiteral("Every control in its states."));
        auto *buttons = layout::row({new Button("Secondary"), new Button("Primary", "play", ButtonVariant::Primary),
                                     new Button("Ghost", "plus", ButtonVariant::Ghost),
                                     new Button("Delete tenant", "trash-2", ButtonVariant::Danger),
                                     disabled(new Button("Disabled")),
                                     disabled(new Button("Disabled", "play", ButtonVariant::Primary)),
                                     small(new Button("Small")), layout::stretch()});
        auto *text = new TextField("Name", "user");
        text->setPlaceholder("Shown in lists");
        text->setHelp("At most 120 characters.");
        auto *wrong = new TextField("Budget");
        wrong->setText("12,0O");
        wrong->setError("This is not a number.");
        wrong->setNote("number");
        auto *off = new TextField("Disabled");
        off->setText("cannot be changed");
        off->setEnabled(false);
        auto *select = new Select("Model");
        select->setChoices({{1, "claude-sonnet-4.5"}, {2, "gpt-4o-mini"}});
        auto *check = new QCheckBox("Keep the answer");
        check->setChecked(true);
        auto *radio = new QRadioButton("Only mine");
        radio->setChecked(true);
        auto *on = new Switch("Streaming");
        on->setChecked(true);
        auto *area = new QPlainTextEdit("Write the reply, then one line starting with **Next step:**");
        area->setAccessibleName("Prompt");
        area->setFixedHeight(90);
        auto *chips = layout::row({}, Length::Space8);
        for (const StatusLook &look : looks)
            chips->addWidget(new StatusChip(look));
        chips->addWidget(new KeyCaps("Ctrl+Shift+C"));
        chips->addStretch(1);
        auto *info = new Banner;
        info->show(Tone::Warning, "cloud-off",
                   "No connection to ops.acme.example. Showing data saved at 14:06. Next try in 8 s.", "Try now");
        auto *empty = new EmptyState;
        empty->show("inbox", "No templates yet", "A template is a prompt with variables. Its versions never change.",
                    "New template");
        auto *content = layout::box(layout::inset(
            layout::column({buttons,
                            layout::row({layout::wide(text), layout::wide(wrong), layout::wide(off)}, Length::Space16),
                            layout::row({select, disabled(new Select("Off")), check, new QCheckBox("Unchecked"), radio,
                                         new QRadioButton("All"), on, new Switch("Off"), layout::stretch()},
                                        Length::Space16),
                            area, chips, info, layout::wide(empty)},
                           Length::Space16),
            Length::Space24));
        setLayout(layout::tight(layout::column({header, layout::line(), layout::wide(layout::scrolling(content))})));
        m_area = area;
    }
    QWidget *mainContent() override { return m_area; }

private:
    template<class Widget> static Widget *disabled(Widget *widget)
    {
        widget->setEnabled(false);
        return widget;
    }
    static Button *small(Button *button)
    {
        button->setControlSize(ControlSize::Small);
        return button;
    }
    QPlainTextEdit *m_area;
};

} // namespace

void demo::addPages(Navigation &navigation)
{
    using Group = PageSpec::Group;
    navigation.add({"jobs", Group::Operate, "list-checks", [] { return QStringLiteral("Jobs"); }, "J",
                    Ability::JobsRead, [] { return new RunsPage; }});
    navigation.add({"usage", Group::Administer, "chart-column", [] { return QStringLiteral("Usage & billing"); }, "B",
                    Ability::UsageRead, [] { return new UsageDemo; }});
    navigation.add({"parts", Group::Build, "layers", [] { return QStringLiteral("Parts"); }, "P", Ability::SignedIn,
                    [] { return new PartsPage; }});
    navigation.setBadge("jobs", 7, Tone::Danger);
}

Identity demo::identity()
{
    return {.tenantName = QStringLiteral("Acme Retail"),
            .tenantDetail = QStringLiteral("acme"),
            .user = {QStringLiteral("u1"), QStringLiteral("Marina Duarte")},
            .email = QStringLiteral("marina@acme.example"),
            .accent = {}};
}
