// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/prompt_blocks.h"

#include "client/design/theme.h"
#include "client/templates/prompt_edit.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QMouseEvent>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

PromptBlocks::PromptBlocks(QWidget *parent)
    : QScrollArea(parent),
      m_add(new Button({}, u"plus"_s, ButtonVariant::Ghost))
{
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, theme().px(Length::Space12), 0, theme().px(Length::Space40));
    m_column->setSpacing(theme().px(Length::Space16));
    m_blocks = {makeBlock(), makeBlock()};
    m_add->setControlSize(ControlSize::Small);
    auto *foot = layout::row({m_add, layout::stretch()});
    foot->setContentsMargins(PromptEdit::gutterWidth() - theme().px(Length::Space10), 0, 0, 0);
    m_column->addLayout(foot);
    m_column->addStretch();
    connect(m_add, &QPushButton::clicked, this, &PromptBlocks::addExample);
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    retranslate();
}

PromptBlocks::Block PromptBlocks::makeBlock()
{
    auto *label = new Label({}, TextStyle::MonoEditor, ColorRole::Violet);
    const auto embolden = [label] {
        QFont font = theme().font(TextStyle::MonoEditor);
        font.setBold(true);
        label->setFont(font);
    };
    embolden();
    connect(&theme(), &Theme::changed, label, embolden); // after the label's own
    auto *edit = new PromptEdit({});
    auto *remove = new IconButton(u"x"_s, tr("Remove this example"));
    remove->setControlSize(ControlSize::Small);
    remove->hide();
    auto *head = layout::row({label, remove, layout::stretch()});
    head->setContentsMargins(PromptEdit::gutterWidth(), 0, 0, 0);
    auto *box = layout::box(layout::column({head, edit}, Length::Space2));
    m_column->addWidget(box);

    edit->setSchema(m_schema);
    edit->setPartials(m_partials, m_broken, m_completions);
    connect(edit, &PromptEdit::referenceClicked, this, &PromptBlocks::referenceClicked);
    connect(edit, &QPlainTextEdit::textChanged, this, [this] {
        renumber();
        if (!m_setting)
            Q_EMIT textsChanged();
    });
    connect(edit, &PromptEdit::problemsChanged, this, &PromptBlocks::problemsChanged);
    connect(edit, &QPlainTextEdit::cursorPositionChanged, this, [this, edit] { showCaret(edit); });
    connect(edit, &PromptEdit::leftUpwards, this, [this, edit] { step(edit, -1); });
    connect(edit, &PromptEdit::leftDownwards, this, [this, edit] { step(edit, 1); });
    connect(remove, &QToolButton::clicked, this, [this, edit] { removeExample(edit); });
    return {box, label, edit, remove};
}

void PromptBlocks::setTexts(const QString &system, const QList<ExampleTurn> &examples, const QString &user)
{
    m_setting = true;
    while (m_blocks.size() > 2)
        delete m_blocks.takeAt(1).box;
    const auto fill = [](PromptEdit *edit, const QString &text) {
        if (edit->toPlainText() != text)
            edit->setPlainText(text);
    };
    fill(m_blocks.first().edit, system);
    fill(m_blocks.last().edit, user);
    for (const ExampleTurn &turn : examples)
        insertExample(m_blocks.size() - 1, turn);
    m_setting = false;
    retranslate();
    renumber();
    markChanges();
    Q_EMIT problemsChanged();
}

void PromptBlocks::setBase(const QString &system, const QList<ExampleTurn> &examples, const QString &user)
{
    m_baseSystem = system;
    m_baseExamples = examples;
    m_baseUser = user;
    markChanges();
}

void PromptBlocks::markChanges()
{
    m_blocks.first().edit->setBase(m_baseSystem);
    m_blocks.last().edit->setBase(m_baseUser);
    for (qsizetype i = 1; i + 1 < m_blocks.size(); ++i) {
        const ExampleTurn turn = m_baseExamples.value((i - 1) / 2);
        m_blocks[i].edit->setBase(i % 2 ? turn.user : turn.assistant);
    }
}

void PromptBlocks::insertExample(qsizetype index, const ExampleTurn &turn)
{
    for (const QString &text : {turn.user, turn.assistant}) {
        Block block = makeBlock();
        block.edit->setPlainText(text);
        m_column->removeWidget(block.box);
        m_column->insertWidget(int(index), block.box);
        m_blocks.insert(index++, block);
    }
}

void PromptBlocks::addExample()
{
    insertExample(m_blocks.size() - 1, {});
    retranslate();
    renumber();
    markChanges();
    m_blocks[m_blocks.size() - 3].edit->setFocus(Qt::ShortcutFocusReason);
    Q_EMIT textsChanged();
}

void PromptBlocks::removeExample(PromptEdit *userTurn)
{
    for (qsizetype i = 1; i + 1 < m_blocks.size(); ++i) {
        if (m_blocks[i].edit != userTurn)
            continue;
        for (int turn = 0; turn < 2; ++turn) {
            QWidget *box = m_blocks.takeAt(i).box;
            box->hide();
            box->deleteLater(); // the button that was pressed is inside
        }
        break;
    }
    retranslate();
    renumber();
    markChanges();
    Q_EMIT textsChanged();
    Q_EMIT problemsChanged();
}

QString PromptBlocks::systemPrompt() const { return m_blocks.first().edit->toPlainText(); }
QString PromptBlocks::userPrompt() const { return m_blocks.last().edit->toPlainText(); }

QList<ExampleTurn> PromptBlocks::examples() const
{
    QList<ExampleTurn> turns;
    for (qsizetype i = 1; i + 2 < m_blocks.size(); i += 2)
        turns.append({m_blocks[i].edit->toPlainText(), m_blocks[i + 1].edit->toPlainText()});
    return turns;
}

void PromptBlocks::setSchema(const std::optional<QJsonObject> &schema)
{
    m_schema = schema;
    for (const Block &block : m_blocks)
        block.edit->setSchema(schema);
    Q_EMIT problemsChanged();
}

void PromptBlocks::setPartials(const templates::Partials &partials, const QHash<QString, QString> &broken,
                               const QStringList &completions)
{
    m_partials = partials;
    m_broken = broken;
    m_completions = completions;
    for (const Block &block : m_blocks)
        block.edit->setPartials(partials, broken, completions);
}

void PromptBlocks::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    retranslate();
}

void PromptBlocks::renumber()
{
    int line = 1;
    for (const Block &block : m_blocks) {
        block.edit->setFirstLine(line);
        line += block.edit->lines();
    }
}

// The page below the texts belongs to the last one.
void PromptBlocks::mousePressEvent(QMouseEvent *event)
{
    PromptEdit *last = m_blocks.last().edit;
    if (event->button() != Qt::LeftButton || last->mapFrom(this, event->position().toPoint()).y() < last->height())
        return QScrollArea::mousePressEvent(event);
    last->moveCursor(QTextCursor::End);
    last->setFocus(Qt::MouseFocusReason);
}

void PromptBlocks::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void PromptBlocks::retranslate()
{
    for (qsizetype i = 0; i < m_blocks.size(); ++i) {
        const Block &block = m_blocks[i];
        const bool isSystem = i == 0, isUser = i + 1 == m_blocks.size();
        const int example = int(i + 1) / 2;
        const bool isAssistant = !isSystem && !isUser && i % 2 == 0;
        // The roles are what goes over the wire, the same in every language.
        block.label->setText(isSystem          ? u"system:"_s
                                 : isUser      ? u"user:"_s
                                 : isAssistant ? u"assistant:"_s
                                               : u"user:  %1"_s.arg(tr("example %1").arg(example)));
        block.edit->setAccessibleName(isSystem          ? tr("System prompt")
                                          : isUser      ? tr("User prompt")
                                          : isAssistant ? tr("Answer of example %1").arg(example)
                                                        : tr("Question of example %1").arg(example));
        block.edit->setPlaceholderText(isSystem     ? tr("How the model should behave")
                                           : isUser ? tr("What to ask. Type {{ to insert a variable.")
                                                    : QString());
        block.edit->setReadOnly(m_readOnly);
        block.remove->setVisible(!m_readOnly && !isSystem && !isUser && !isAssistant);
    }
    m_add->setText(tr("Add example"));
    m_add->setHint(tr("A question and its answer, shown to the model before yours"));
    m_add->setVisible(!m_readOnly);
}
