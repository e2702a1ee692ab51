// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/prices/prices_page.h"

#include "client/design/theme.h"
#include "client/prices/price_aliases_view.h"
#include "client/prices/price_import_dialog.h"
#include "client/prices/prices_view.h"
#include "client/prices/rerate_dialog.h"
#include "client/widgets/button.h"
#include "client/widgets/controls.h"
#include "client/widgets/data_table.h"
#include "client/widgets/layout.h"
#include "client/widgets/page_parts.h"

#include <QBoxLayout>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

PricesPage::PricesPage(Workspace &workspace, QWidget *parent)
    : PageWidget(parent),
      m_workspace(workspace),
      m_header(new PageHeader),
      m_rerate(new Button({}, u"coins"_s)),
      m_import(new Button({}, u"upload"_s)),
      m_addName(new Button({}, u"tag"_s)),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Primary)),
      m_tabs(new Tabs(tr("Prices"))),
      m_prices(new PricesView(workspace)),
      m_names(new PriceAliasesView(workspace)),
      m_views(new QStackedWidget),
      m_footer(new Footer)
{
    for (Button *action : {m_rerate, m_import, m_addName, m_add})
        m_header->addAction(action);
    m_views->addWidget(m_prices);
    m_views->addWidget(m_names);
    auto *tabs = layout::row({m_tabs, layout::stretch()});
    tabs->setContentsMargins(px(Length::Space16), 0, px(Length::Space16), 0);
    setLayout(layout::tight(layout::column({m_header, tabs, layout::line(), layout::wide(m_views), m_footer})));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        showTab(tab);
        Q_EMIT viewChanged();
    });
    connect(m_rerate, &QPushButton::clicked, this, &PricesPage::rerate);
    connect(m_import, &QPushButton::clicked, this, &PricesPage::importRows);
    connect(m_addName, &QPushButton::clicked, this, [this] { addName({}); });
    connect(m_add, &QPushButton::clicked, m_prices, &PricesView::add);
    connect(m_prices, &PricesView::changed, this, &PricesPage::renewTexts);
    connect(m_names, &PriceAliasesView::changed, this, &PricesPage::renewTexts);
    connect(m_names, &PriceAliasesView::addRequested, this, [this] { addName({}); });
    connect(m_prices, &PricesView::toastRequested, this, &PricesPage::toastRequested);
    connect(m_names, &PriceAliasesView::toastRequested, this, &PricesPage::toastRequested);
    connect(m_prices, &PricesView::commandsChanged, this, &PricesPage::commandsChanged);
    connect(m_names, &PriceAliasesView::commandsChanged, this, &PricesPage::commandsChanged);
    connect(m_prices, &PricesView::viewChanged, this, &PricesPage::viewChanged);
    retranslate();
}

QWidget *PricesPage::mainContent() { return m_views->currentIndex() == Names ? m_names->table() : m_prices->table(); }

void PricesPage::activated()
{
    for (Button *action : {m_import, m_addName, m_add})
        action->setVisible(mayChange());
    m_rerate->setVisible(mayRerate());
    load();
}

void PricesPage::load()
{
    m_prices->load();
    m_names->load();
}

QJsonObject PricesPage::viewState() const
{
    return {{u"tab"_s, m_tabs->currentIndex()}, {u"prices"_s, m_prices->viewState()}};
}

void PricesPage::restoreViewState(const QJsonObject &state)
{
    m_tabs->setCurrentIndex(state.value(u"tab"_s).toInt());
    m_prices->restoreViewState(state.value(u"prices"_s).toObject());
}

void PricesPage::openObject(const QString &id)
{
    m_tabs->setCurrentIndex(Book);
    m_prices->open(QUuid::fromString(id));
}

void PricesPage::showTab(int tab)
{
    m_views->setCurrentIndex(tab);
    renewTexts();
    Q_EMIT commandsChanged();
}

void PricesPage::addName(const QString &name)
{
    m_tabs->setCurrentIndex(Names);
    m_names->add(name, m_prices->models());
}

void PricesPage::importRows()
{
    auto *dialog = new PriceImportDialog(m_workspace.api(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &PriceImportDialog::imported, this, [this](const PriceImport &result) {
        load();
        Q_EMIT toastRequested(
            {.tone = Tone::Success, .title = tr("%n price(s) imported", nullptr, result.added), .text = {}});
    });
    dialog->open();
}

void PricesPage::rerate()
{
    auto *dialog = new RerateDialog(m_workspace.api(), mayChange(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QList<Command> PricesPage::commands()
{
    const auto change = [this] { return mayChange(); };
    const auto page = [](const QString &id, const QString &text, const QString &icon, const QString &keys,
                         std::function<void()> run, std::function<bool()> enabled) {
        return Command{id, text, icon, keys, Command::Scope::Page, std::move(run), std::move(enabled), {}, true};
    };
    QList<Command> commands{
        page(
            u"prices.add"_s, tr("Add price"), u"plus"_s, u"N"_s, [this] { m_prices->add(); }, change),
        page(
            u"prices.addName"_s, tr("Add a name"), u"tag"_s, u"Shift+N"_s, [this] { addName({}); }, change),
        page(
            u"prices.import"_s, tr("Import prices"), u"upload"_s, u"I"_s, [this] { importRows(); }, change),
        page(
            u"prices.rerate"_s, tr("Compute costs anew"), u"coins"_s, u"R"_s, [this] { rerate(); },
            [this] { return mayRerate(); }),
        page(u"prices.reload"_s, tr("Refresh"), u"refresh-cw"_s, u"F5"_s, [this] { load(); }, {})};
    const QStringList titles{tr("Show prices"), tr("Show names")};
    for (int tab = 0; tab < titles.size(); ++tab)
        commands.append(page(u"prices.tab%1"_s.arg(tab), titles[tab], u"coins"_s, QString::number(tab + 1),
                             [this, tab] {
                                 m_tabs->setCurrentIndex(tab);
                                 mainContent()->setFocus();
                             },
                             {}));
    return commands + (m_views->currentIndex() == Names ? m_names->commands() : m_prices->commands());
}

void PricesPage::renewTexts()
{
    QList<Footer::Hint> hints;
    if (m_views->currentIndex() == Names) {
        m_footer->setText(m_names->shownCount());
        if (mayChange())
            hints = {{u"Shift+N"_s, tr("add")}, {u"Del"_s, tr("remove")}};
    } else {
        m_footer->setText(m_prices->shownCount());
        if (mayChange())
            hints = {{u"N"_s, tr("add")}, {u"V"_s, tr("verify")}, {u"Del"_s, tr("withdraw")}, {u"I"_s, tr("import")}};
    }
    if (mayRerate())
        hints.append({u"R"_s, tr("compute anew")});
    m_footer->setHints(hints);
    m_tabs->setCount(Names, m_names->count() > 0 ? m_names->count() : -1);
}

void PricesPage::retranslate()
{
    m_header->setTitle(tr("Prices"), tr("What a million tokens cost, in US dollars"));
    m_rerate->setText(tr("Compute anew…"));
    m_rerate->setHint(tr("What calls would cost by the price book"), u"R"_s);
    m_import->setText(tr("Import…"));
    m_import->setHint(tr("Add many prices from a file"), u"I"_s);
    m_addName->setText(tr("Add name"));
    m_addName->setHint(tr("Let a name be priced as a model of the book"), u"Shift+N"_s);
    m_add->setText(tr("Add price"));
    m_add->setHint(tr("Add what a model costs from a moment on"), u"N"_s);
    m_tabs->setTabs({tr("Price book"), tr("Names")});
    m_prices->retranslate();
    m_names->retranslate();
    renewTexts();
}
