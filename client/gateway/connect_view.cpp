// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/gateway/connect_view.h"

#include "client/design/theme.h"
#include "client/templates/template_library.h"
#include "client/widgets/button.h"
#include "client/widgets/card.h"
#include "client/widgets/code_box.h"
#include "client/widgets/controls.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"
#include "shared/gateway/endpoints.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace {

constexpr CodeLanguage languages[] = {CodeLanguage::Shell, CodeLanguage::Python, CodeLanguage::JavaScript};
constexpr int codeLines = 40; // none of the programs is longer
constexpr int mostAliases = 200;

QList<const connectCode::Tool *> toolsIn(CodeLanguage language)
{
    QList<const connectCode::Tool *> found;
    for (const connectCode::Tool &tool : connectCode::tools())
        if (tool.language == language)
            found << &tool;
    return found;
}

Label *wrapped(ColorRole role = ColorRole::Text2)
{
    auto *label = new Label({}, TextStyle::Body, role);
    label->setWordWrap(true);
    return label;
}

} // namespace

ConnectView::ConnectView(Workspace &workspace, TemplateLibrary &library, QWidget *parent)
    : GatewayTab(parent),
      m_workspace(workspace),
      m_library(library),
      m_toolId(QString::fromLatin1(connectCode::tools().front().id)),
      m_language(new SegmentedControl(tr("Language"))),
      m_libraryChoice(new SegmentedControl(tr("Library"))),
      m_modelLabel(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_models(new Select(tr("Model or route"))),
      m_streamLabel(new Label({}, TextStyle::Body, ColorRole::Text2)),
      m_stream(new Switch(tr("Stream the answer"))),
      m_keyCard(new Card),
      m_keyText(wrapped()),
      m_keyBox(new CodeBox(tr("Command that takes the key"))),
      m_toKeys(new Button({}, u"key-round"_s)),
      m_codeCard(new Card),
      m_install(new CodeBox(tr("Command that installs the library"))),
      m_code(new CodeBox(tr("Code"))),
      m_runText(wrapped()),
      m_copy(new Button({}, u"copy"_s, ButtonVariant::Primary)),
      m_addressCard(new Card),
      m_addresses(new Facts),
      m_tryCard(new Card),
      m_tryText(wrapped()),
      m_tryBox(new CodeBox(tr("Command that lists the models of a key")))
{
    build();
    connect(m_language, &SegmentedControl::chosen, this, &ConnectView::chooseLanguage);
    connect(m_libraryChoice, &SegmentedControl::chosen, this,
            [this](int index) { choose(QString::fromLatin1(toolsIn(tool().language)[index]->id)); });
    connect(m_models, &Select::valueChosen, this, [this](const QVariant &model) {
        m_model = model.toString();
        m_isChosen = true;
        renew();
        Q_EMIT viewChanged();
    });
    connect(m_stream, &QAbstractButton::toggled, this, [this] {
        renew();
        Q_EMIT viewChanged();
    });
    connect(m_copy, &QPushButton::clicked, this, &ConnectView::copyCode);
    connect(m_toKeys, &QPushButton::clicked, this, [this] {
        Q_EMIT navigationRequested(u"gateway"_s, {{u"tab"_s, u"keys"_s}});
    });
    connect(&m_library, &TemplateLibrary::modelsChanged, this, &ConnectView::fillModels);
    retranslate();
}

void ConnectView::build()
{
    m_modelLabel->setBuddy(m_models);
    m_streamLabel->setBuddy(m_stream);
    m_models->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto *bar = layout::row({m_language, m_libraryChoice, layout::stretch()}, Length::Space10);
    layout::inset(bar, {Length::Space24, Length::Space8, Length::Space24, Length::Space8});

    for (CodeBox *command : {m_keyBox, m_install, m_tryBox}) {
        command->setLanguage(CodeLanguage::Shell);
        command->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }
    m_code->setMostLines(codeLines);
    m_code->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_keyCard->body()->addWidget(m_keyText);
    m_keyCard->body()->addWidget(m_keyBox);
    m_keyCard->header()->addWidget(m_toKeys);
    m_toKeys->setControlSize(ControlSize::Small);
    m_codeCard->header()->addWidget(m_copy);
    m_copy->setControlSize(ControlSize::Small);
    m_codeCard->body()->addLayout(layout::row(
        {m_modelLabel, layout::wide(m_models), layout::gap(Length::Space8), m_streamLabel, m_stream}, Length::Space10));
    m_codeCard->body()->addWidget(m_install);
    m_codeCard->body()->addWidget(m_code);
    m_codeCard->body()->addWidget(m_runText);
    m_addressCard->body()->addWidget(m_addresses);
    m_tryCard->body()->addWidget(m_tryText);
    m_tryCard->body()->addWidget(m_tryBox);

    auto *side = layout::box(layout::column({m_addressCard, m_tryCard, layout::stretch()}, Length::Space14));
    side->setFixedWidth(px(Length::DetailPreferred));
    auto *columns =
        layout::row({layout::wide(layout::column({m_keyCard, m_codeCard, layout::stretch()}, Length::Space14)), side},
                    Length::Space14);
    auto *content =
        layout::box(layout::inset(columns, {Length::Space24, Length::Space16, Length::Space24, Length::Space24}));
    setLayout(
        layout::tight(layout::column({layout::box(bar), layout::line(), layout::wide(layout::scrolling(content))})));
}

QWidget *ConnectView::mainContent() { return m_models; }

void ConnectView::activated()
{
    m_toKeys->setVisible(m_workspace.session().can(Ability::GatewayKeysRead));
    m_library.reloadModels();
    loadAliases();
    fillModels();
}

// Aliases of routes are names of models too, for who may see them.
void ConnectView::loadAliases()
{
    if (!m_workspace.session().can(Ability::GatewayRoutesRead))
        return;
    GatewayRouteFilter filter;
    filter.limit = mostAliases;
    m_workspace.api().call(endpoints::gatewayRoutes::list, filter, this,
                           [this](const Result<Page<GatewayRoute>> &reply) {
                               if (!reply)
                                   return; // the models are there all the same
                               m_aliases.clear();
                               for (const GatewayRoute &route : reply->items)
                                   m_aliases << route.alias;
                               fillModels();
                           });
}

void ConnectView::fillModels()
{
    QStringList names;
    for (const ModelInfo &model : m_library.models())
        if (model.configured)
            names << model.name;
    if (!m_isChosen) { // a route before a model, and a real one before the demo's
        const auto real =
            std::find_if(names.begin(), names.end(), [](const QString &name) { return !name.startsWith(u"demo/"_s); });
        m_model = !m_aliases.isEmpty() ? m_aliases.first()
            : real != names.end()      ? *real
                                       : names.value(0, u"demo/echo"_s);
    }
    QList<std::pair<QVariant, QString>> choices;
    for (const QString &alias : std::as_const(m_aliases))
        choices.append({alias, tr("%1 (route)").arg(alias)});
    for (const QString &name : std::as_const(names))
        choices.append({name, name});
    if (!names.contains(m_model) && !m_aliases.contains(m_model))
        choices.prepend({m_model, m_model});
    m_models->setChoices(choices);
    m_models->setValue(m_model);
    renew();
}

void ConnectView::choose(const QString &toolId)
{
    m_toolId = QString::fromLatin1(connectCode::toolOf(toolId).id);
    const auto language = std::find(std::begin(languages), std::end(languages), tool().language);
    m_language->setCurrent(int(language - std::begin(languages)));
    const auto choices = toolsIn(tool().language);
    QStringList names;
    for (const connectCode::Tool *one : choices)
        names << QString::fromLatin1(one->library);
    m_libraryChoice->setChoices(names);
    m_libraryChoice->setCurrent(int(choices.indexOf(&tool())));
    m_libraryChoice->setVisible(choices.size() > 1);
    renew();
    Q_EMIT viewChanged();
}

// The same provider's library in the other language, where there is one.
void ConnectView::chooseLanguage(int language)
{
    const auto choices = toolsIn(languages[language]);
    const QString kind = m_toolId.section(u'-', 1);
    for (const connectCode::Tool *one : choices)
        if (QString::fromLatin1(one->id).section(u'-', 1) == kind)
            return choose(QString::fromLatin1(one->id));
    choose(QString::fromLatin1(choices.first()->id));
}

QString ConnectView::code() const
{
    return connectCode::code(tool(),
                             {.server = m_workspace.api().server(),
                              .model = m_model,
                              .message = tr("What is a gateway? One sentence.", "is sent to a model"),
                              .isStreamed = m_stream->isChecked()});
}

void ConnectView::renew()
{
    const QString origin = connectCode::origin(m_workspace.api().server());
    m_code->setLanguage(tool().language);
    m_code->setText(code().trimmed());
    m_install->setText(QString::fromLatin1(tool().install));
    m_install->setVisible(*tool().install);
    const QString run = QString::fromLatin1(tool().run);
    m_runText->setText(tr("Save it as %1 and run: %2").arg(run.section(u' ', 1), run));
    m_runText->setVisible(!run.isEmpty());
    m_addresses->setFacts({{u"OpenAI"_s, origin + u"/v1"_s},
                           {u"Anthropic"_s, origin},
                           {u"Google"_s, origin},
                           {tr("Header"), u"Authorization: Bearer …"_s},
                           {tr("or"), u"x-api-key: …"_s},
                           {tr("or"), u"x-goog-api-key: …"_s}});
    m_tryBox->setText(connectCode::listModels(m_workspace.api().server()));
    Q_EMIT footerChanged();
}

void ConnectView::copyCode()
{
    QGuiApplication::clipboard()->setText(code());
    Q_EMIT toastRequested({.title = tr("Code copied"), .text = QString::fromLatin1(tool().library)});
}

QString ConnectView::shownCount() const { return tr("%1 with %2").arg(QString::fromLatin1(tool().library), m_model); }

QList<Footer::Hint> ConnectView::keyHints() const { return {{u"C"_s, tr("copy the code")}, {u"S"_s, tr("stream")}}; }

QList<Command> ConnectView::commands()
{
    QList<Command> commands{{u"gatewayConnect.copy"_s,
                             tr("Copy the code that calls the gateway"),
                             u"copy"_s,
                             u"C"_s,
                             Command::Scope::Page,
                             [this] { copyCode(); },
                             {},
                             {},
                             true},
                            {u"gatewayConnect.stream"_s,
                             tr("Stream the answer, or not"),
                             u"zap"_s,
                             u"S"_s,
                             Command::Scope::Page,
                             [this] { m_stream->toggle(); },
                             {},
                             {},
                             true}};
    for (const connectCode::Tool &tool : connectCode::tools())
        commands.append({u"gatewayConnect."_s + QString::fromLatin1(tool.id),
                         tr("Show code for %1").arg(QString::fromLatin1(tool.id)),
                         u"code"_s,
                         {},
                         Command::Scope::Page,
                         [this, id = QString::fromLatin1(tool.id)] { choose(id); },
                         {},
                         {},
                         true});
    return commands;
}

QJsonObject ConnectView::viewState() const
{
    return {
        {u"tool"_s, m_toolId}, {u"model"_s, m_isChosen ? m_model : QString()}, {u"stream"_s, m_stream->isChecked()}};
}

void ConnectView::restoreViewState(const QJsonObject &state)
{
    m_model = state.value(u"model"_s).toString();
    m_isChosen = !m_model.isEmpty();
    m_stream->setChecked(state.value(u"stream"_s).toBool());
    fillModels();
    choose(state.value(u"tool"_s).toString());
}

void ConnectView::retranslate()
{
    m_language->setChoices({u"curl"_s, u"Python"_s, u"JavaScript"_s});
    m_language->setAccessibleName(tr("Language"));
    m_libraryChoice->setAccessibleName(tr("Library"));
    m_modelLabel->setText(tr("Model or route"));
    m_models->setAccessibleName(tr("Model or route"));
    m_streamLabel->setText(tr("Stream"));
    m_stream->setAccessibleName(tr("Stream the answer"));
    m_keyCard->setTitle(tr("1. Give the program a key"));
    m_keyText->setText(tr("It reads the key from the environment variable %1. In a shell, this command takes it "
                          "without showing it and without a trace in the history:")
                           .arg(QString::fromLatin1(connectCode::keyVariable)));
    m_keyBox->setText(connectCode::setKey());
    m_toKeys->setText(tr("Gateway keys"));
    m_toKeys->setHint(tr("Make or rotate a key"), u"1"_s);
    m_codeCard->setTitle(tr("2. Call a model"));
    m_copy->setText(tr("Copy code"));
    m_copy->setHint(tr("Copy the code"), u"C"_s);
    m_addressCard->setTitle(tr("Addresses"));
    m_tryCard->setTitle(tr("Is the key good?"));
    m_tryText->setText(tr("A secret is shown once and is not known here, so that nothing can be tried from this "
                          "window. This command lists the models that the key may call:"));
    choose(m_toolId);
    fillModels();
}
