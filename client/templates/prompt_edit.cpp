// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/prompt_edit.h"

#include "client/design/theme.h"
#include "client/templates/name_completer.h"
#include "client/templates/prompt_highlighter.h"
#include "client/templates/word_diff.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int digitsOfLineNumbers = 4;
constexpr int indentWidth = 2; // spaces of a tabulator
constexpr auto rehighlightDelay = 120ms;
constexpr auto compareDelay = 250ms;

} // namespace

class PromptEdit::Gutter : public QWidget
{
public:
    explicit Gutter(PromptEdit *edit) : QWidget(edit), m_edit(edit) { }

protected:
    void paintEvent(QPaintEvent *event) override { m_edit->paintGutter(event); }

private:
    PromptEdit *m_edit;
};

PromptEdit::PromptEdit(const QString &accessibleName, QWidget *parent)
    : QPlainTextEdit(parent),
      m_completer(new NameCompleter(*this)),
      m_gutter(new Gutter(this))
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTabChangesFocus(true);
    setUndoRedoEnabled(true);
    viewport()->setAutoFillBackground(false);
    viewport()->setCursor(Qt::IBeamCursor);
    document()->setDocumentMargin(0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    // Before the highlighter's own connection: it reads what this makes.
    connect(document(), &QTextDocument::contentsChange, this, &PromptEdit::analyse);
    m_highlighter = new PromptHighlighter(document(), m_analysis);
    m_rehighlight.setInterval(rehighlightDelay);
    connect(&m_rehighlight, &QTimer::timeout, m_highlighter, &QSyntaxHighlighter::rehighlight);

    for (QTimer *timer : {&m_rehighlight, &m_compare})
        timer->setSingleShot(true);
    m_compare.setInterval(compareDelay);
    connect(&m_compare, &QTimer::timeout, this, &PromptEdit::findChanges);
    connect(this, &QPlainTextEdit::textChanged, &m_compare, qOverload<>(&QTimer::start));

    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &PromptEdit::renewHeight);
    connect(this, &QPlainTextEdit::textChanged, this, &PromptEdit::renewHeight);
    connect(this, &QPlainTextEdit::updateRequest, m_gutter, [this] { m_gutter->update(); });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        viewport()->update();
        m_gutter->update();
    });
    connect(&theme(), &Theme::changed, this, &PromptEdit::applyTheme);
    setSchema({});
    applyTheme();
}

int PromptEdit::gutterWidth()
{
    return px(Length::Space24)
        + digitsOfLineNumbers * QFontMetrics(theme().font(TextStyle::Mono)).horizontalAdvance(u'0');
}

void PromptEdit::applyTheme()
{
    setFont(theme().font(TextStyle::MonoEditor));
    setTabStopDistance(indentWidth * fontMetrics().horizontalAdvance(u' '));
    setViewportMargins(gutterWidth(), 0, px(Length::Space16), 0);
    m_highlighter->rehighlight();
    renewHeight();
}

void PromptEdit::setSchema(const std::optional<QJsonObject> &schema)
{
    m_schema = schema;
    m_completer->setNames(knownVariables(schema));
    analyse();
    m_highlighter->rehighlight();
}

void PromptEdit::setPartials(const templates::Partials &partials, const QHash<QString, QString> &broken,
                             const QStringList &completions)
{
    m_completer->setReferences(completions);
    if (partials == m_partials && broken == m_broken)
        return;
    m_partials = partials;
    m_broken = broken;
    analyse();
}

void PromptEdit::mouseReleaseEvent(QMouseEvent *event)
{
    QPlainTextEdit::mouseReleaseEvent(event);
    if (event->button() != Qt::LeftButton || event->modifiers() != Qt::ControlModifier)
        return;
    const int at = cursorForPosition(event->position().toPoint()).position();
    if (const QString reference = m_analysis.referenceAt(at); !reference.isEmpty())
        Q_EMIT referenceClicked(reference);
}

void PromptEdit::setFirstLine(int number)
{
    m_firstLine = number;
    m_gutter->update();
}

void PromptEdit::setBase(const QString &text)
{
    if (m_base == text)
        return;
    m_base = text;
    m_compare.start();
}

void PromptEdit::findChanges()
{
    QSet<int> changed;
    if (m_base && *m_base != toPlainText())
        for (const diff::Row &row : diff::compare(*m_base, toPlainText()).rows)
            if (row.kind != diff::Row::Kind::Same && row.newNumber > 0)
                changed.insert(row.newNumber - 1);
    if (changed == m_changed)
        return;
    m_changed = changed;
    m_gutter->update();
}

void PromptEdit::analyse()
{
    const auto messages = [this] {
        QStringList texts;
        for (const auto &problem : m_analysis.problems())
            texts.append(problem.message);
        return texts;
    };
    const QStringList before = messages();
    m_analysis = PromptAnalysis(toPlainText(), m_schema, m_partials, m_broken);
    if (messages() == before)
        return;
    m_rehighlight.start(); // a tag opened here can make another one, lines away, wrong
    Q_EMIT problemsChanged();
}

void PromptEdit::goTo(qsizetype offset)
{
    QTextCursor cursor = textCursor();
    cursor.setPosition(int(std::min<qsizetype>(offset, document()->characterCount() - 1)));
    setTextCursor(cursor);
    setFocus(Qt::ShortcutFocusReason);
}

QSize PromptEdit::sizeHint() const { return {px(Length::DetailMaximum), m_height}; }
QSize PromptEdit::minimumSizeHint() const { return {gutterWidth() + px(Length::ColumnMinimum), m_height}; }

void PromptEdit::renewHeight()
{
    // Line by line: letters of another font make a line taller, wrapping makes more of them.
    double text = 0;
    for (QTextBlock block = document()->firstBlock(); block.isValid(); block = block.next())
        text += blockBoundingRect(block).height();
    const int height = int(std::ceil(text)) + px(Length::Space4);
    if (height == m_height)
        return;
    m_height = height;
    setFixedHeight(height);
    verticalScrollBar()->setValue(0);
    Q_EMIT heightChanged();
}

void PromptEdit::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    m_gutter->setGeometry(0, 0, gutterWidth(), height());
    renewHeight();
}

void PromptEdit::wheelEvent(QWheelEvent *event) { event->ignore(); } // the page scrolls

void PromptEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    viewport()->update();
    Q_EMIT cursorPositionChanged();
}

void PromptEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        renewHeight();
}

bool PromptEdit::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QPlainTextEdit::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int position = cursorForPosition(viewport()->mapFrom(this, help->pos())).position();
    for (const auto &problem : problems()) {
        if (position < problem.offset || position > problem.offset + problem.length)
            continue;
        QToolTip::showText(help->globalPos(), problem.message.toHtmlEscaped(), this);
        return true;
    }
    QToolTip::hideText();
    return true;
}

void PromptEdit::keyPressEvent(QKeyEvent *event)
{
    if (m_completer->isOffering()) {
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
        case Qt::Key_Escape:
            return event->ignore(); // the list of names takes them
        default:
            break;
        }
    }
    const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
    const int before = textCursor().position();
    QPlainTextEdit::keyPressEvent(event);
    if (plain && textCursor().position() == before && !textCursor().hasSelection()) {
        if (event->key() == Qt::Key_Up)
            Q_EMIT leftUpwards();
        else if (event->key() == Qt::Key_Down)
            Q_EMIT leftDownwards();
    }
    if (!event->text().isEmpty() || event->key() == Qt::Key_Backspace)
        m_completer->offer();
}

void PromptEdit::insertVariable()
{
    setFocus(Qt::ShortcutFocusReason);
    textCursor().insertText(u"{{"_s);
    m_completer->offer();
}
