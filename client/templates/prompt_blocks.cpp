// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/prompt_blocks.h"

#include "client/design/theme.h"
#include "client/templates/prompt_edit.h"
#include "client/widgets/button.h"
#include "client/widgets/label.h"
#include "client/widgets/layout.h"

#include <QEvent>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

PromptBlocks::PromptBlocks(QWidget *parent) : QScrollArea(parent)
{
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, theme().px(Length::Space12), 0, theme().px(Length::Space40));
    m_column->setSpacing(theme().px(Length::Space16));
    m_blocks = {makeBlock(), makeBlock()};
    m_column->addStretch();
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
    auto *label = new Label({}, TextStyle::Mono, ColorRole::Violet);
    auto *edit = new PromptEdit({});
    auto *remove = new IconButton(u"x"_s, tr("Remove this example"));
    remove->setControlSize(ControlSize::Small);
    remove->hide();
    auto *head = layout::row({label, remove, layout::stretch()});
    head->setContentsMargins(PromptEdit::gutterWidth(), 0, 0, 0);
    auto *box = layout::box(layout::column({head, edit}, Length::Space4));
    m_column->insertWidget(m_column->count(), box);

    edit->setSchema(m_schema);
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
    Q_EMIT problemsChanged();
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

void PromptBlocks::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    retranslate();
}

int PromptBlocks::problemCount() const
{
    int count = 0;
    for (const Block &block : m_blocks)
        count += int(block.edit->problems().size());
    return count;
}

QString PromptBlocks::firstProblem() const
{
    for (const Block &block : m_blocks)
        if (!block.edit->problems().isEmpty())
            return block.edit->problems().first().message;
    return {};
}

qsizetype PromptBlocks::focusedBlock() const
{
    for (qsizetype i = 0; i < m_blocks.size(); ++i)
        if (m_blocks[i].edit->hasFocus())
            return i;
    return -1;
}

void PromptBlocks::goToNextProblem()
{
    const qsizetype current = std::max<qsizetype>(focusedBlock(), 0);
    const qsizetype caret = m_blocks[current].edit->textCursor().position();
    // The rest of this text, the texts after it, then round to the start of this one.
    for (qsizetype step = 0; step <= m_blocks.size(); ++step) {
        PromptEdit *edit = m_blocks[(current + step) % m_blocks.size()].edit;
        for (const auto &problem : edit->problems())
            if (step > 0 || problem.offset > caret || (focusedBlock() < 0 && problem.offset == caret))
                return edit->goTo(problem.offset);
    }
}

void PromptBlocks::insertVariable()
{
    const qsizetype focused = focusedBlock();
    m_blocks[focused < 0 ? m_blocks.size() - 1 : focused].edit->insertVariable();
}

void PromptBlocks::focusText() { m_blocks.last().edit->setFocus(); }

QString PromptBlocks::caretPlace() const
{
    const qsizetype focused = focusedBlock();
    if (focused < 0)
        return {};
    int line = 1;
    for (qsizetype i = 0; i < focused; ++i)
        line += m_blocks[i].edit->lines();
    const QTextCursor cursor = m_blocks[focused].edit->textCursor();
    return tr("Ln %1, Col %2").arg(line + cursor.blockNumber()).arg(cursor.positionInBlock() + 1);
}

void PromptBlocks::renumber()
{
    int line = 1;
    for (const Block &block : m_blocks) {
        block.edit->setFirstLine(line);
        line += block.edit->lines();
    }
}

void PromptBlocks::showCaret(PromptEdit *edit)
{
    if (edit->hasFocus()) {
        const QPoint caret = edit->viewport()->mapTo(widget(), edit->cursorRect().center());
        ensureVisible(caret.x(), caret.y(), 0, theme().px(Length::Space40));
    }
    Q_EMIT caretMoved();
}

void PromptBlocks::step(const PromptEdit *from, int by)
{
    for (qsizetype i = 0; i < m_blocks.size(); ++i) {
        const qsizetype to = i + by;
        if (m_blocks[i].edit != from || to < 0 || to >= m_blocks.size())
            continue;
        PromptEdit *edit = m_blocks[to].edit;
        QTextCursor cursor = edit->textCursor();
        cursor.movePosition(by > 0 ? QTextCursor::Start : QTextCursor::End);
        edit->setTextCursor(cursor);
        return edit->setFocus(Qt::OtherFocusReason);
    }
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
}
