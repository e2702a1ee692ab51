// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/templates/prompt_edit.h"

#include "client/design/paint.h"
#include "client/design/theme.h"
#include "client/templates/prompt_highlighter.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStringListModel>
#include <QTextBlock>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int digitsOfLineNumbers = 4;
constexpr int indentWidth = 2; // spaces of a tabulator

int px(Length length) { return theme().px(length); }

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
      m_completer(new QCompleter(this)),
      m_names(new QStringListModel(this)),
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
    m_rehighlight.setSingleShot(true);
    m_rehighlight.setInterval(120ms);
    connect(&m_rehighlight, &QTimer::timeout, m_highlighter, &QSyntaxHighlighter::rehighlight);

    m_completer->setModel(m_names);
    m_completer->setWidget(this);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setFilterMode(Qt::MatchContains);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &PromptEdit::complete);

    connect(document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &PromptEdit::renewHeight);
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
    m_names->setStringList(knownVariables(schema));
    analyse();
    m_highlighter->rehighlight();
}

void PromptEdit::setFirstLine(int number)
{
    m_firstLine = number;
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
    m_analysis = PromptAnalysis(toPlainText(), m_schema);
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
    // The layout of a plain text counts in lines, wrapped ones included.
    const int lines = std::max(1, int(document()->documentLayout()->documentSize().height()));
    const QTextLayout *first = document()->firstBlock().layout();
    const double line = first->lineCount() > 0 ? first->lineAt(0).height() : QFontMetricsF(font()).lineSpacing();
    const int height = int(std::ceil(lines * line)) + px(Length::Space4);
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

template<class Visit> void PromptEdit::eachVisibleBlock(const QRect &area, Visit visit) const
{
    QPointF origin = contentOffset();
    for (QTextBlock block = firstVisibleBlock(); block.isValid() && origin.y() <= area.bottom(); block = block.next()) {
        const QRectF bounds = blockBoundingRect(block);
        if (origin.y() + bounds.height() >= area.top())
            visit(block, origin, bounds.height());
        origin.ry() += bounds.height();
    }
}

void PromptEdit::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        eachVisibleBlock(event->rect(), [&](const QTextBlock &block, const QPointF &origin, double height) {
            if (hasFocus() && block == textCursor().block())
                painter.fillRect(QRectF(-px(Length::Space4), origin.y(), width(), height),
                                 theme().color(ColorRole::Sunken));
            paintPills(painter, block, origin);
        });
    }
    QPlainTextEdit::paintEvent(event);
}

void PromptEdit::paintPills(QPainter &painter, const QTextBlock &block, const QPointF &origin) const
{
    const QTextLayout *layout = block.layout();
    const auto [first, last] = m_analysis.tagsBetween(block.position(), block.position() + block.length());
    for (qsizetype i = first; i < last; ++i) {
        const auto &tag = m_analysis.tags()[i];
        if (tag.kind == PromptAnalysis::Kind::Comment)
            continue;
        const bool wrong = m_analysis.isWrong(tag);
        const QColor fill = theme().color(wrong                                            ? ColorRole::DangerSoft
                                              : tag.kind == PromptAnalysis::Kind::Variable ? ColorRole::AccentSoft
                                                                                           : ColorRole::VioletSoft);
        const int from = int(std::max<qsizetype>(tag.offset - block.position(), 0));
        const int to = int(std::min<qsizetype>(tag.offset + tag.length - block.position(), block.length() - 1));
        for (int n = 0; n < layout->lineCount(); ++n) {
            const QTextLine line = layout->lineAt(n);
            const int start = std::max(from, line.textStart());
            const int end = std::min(to, line.textStart() + line.textLength());
            if (start >= end)
                continue;
            const double left = line.cursorToX(start), right = line.cursorToX(end);
            const QRectF pill(origin.x() + std::min(left, right) - 2, origin.y() + line.y() + 0.5,
                              std::abs(right - left) + 4, line.height() - 1);
            paint::box(painter, pill, px(Length::RadiusKey), fill);
        }
    }
}

void PromptEdit::paintGutter(QPaintEvent *event)
{
    QPainter painter(m_gutter);
    const int current = hasFocus() ? textCursor().blockNumber() : -1;
    const int right = gutterWidth() - px(Length::Space16);
    const int lineHeight = QFontMetrics(font()).lineSpacing();
    eachVisibleBlock(event->rect(), [&](const QTextBlock &block, const QPointF &origin, double) {
        const bool isCurrent = block.blockNumber() == current;
        paint::text(painter, QRect(0, int(origin.y()), right, lineHeight),
                    QString::number(m_firstLine + block.blockNumber()), TextStyle::Mono,
                    isCurrent ? ColorRole::Text : ColorRole::Text3, Qt::AlignRight);
    });
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
    const bool offered = m_completer->popup()->isVisible();
    if (offered) {
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
        offerNames();
}

std::optional<QString> PromptEdit::begunName() const
{
    const QTextCursor cursor = textCursor();
    const QString line = cursor.block().text().left(cursor.positionInBlock());
    const qsizetype open = line.lastIndexOf(u"{{"_s);
    if (open < 0)
        return {};
    QString begun = line.mid(open + 2);
    while (!begun.isEmpty() && u"#^/&{ "_s.contains(begun.front()))
        begun.remove(0, 1);
    const bool isName = std::all_of(begun.begin(), begun.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'_' || c == u'.' || c == u'-';
    });
    return isName ? std::optional(begun) : std::nullopt;
}

void PromptEdit::offerNames()
{
    const auto begun = begunName();
    if (begun)
        m_completer->setCompletionPrefix(*begun);
    const bool complete = m_completer->completionCount() == 1 && begun == m_completer->currentCompletion();
    if (!begun || m_completer->completionCount() == 0 || complete)
        return m_completer->popup()->hide();
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = cursorRect().translated(viewport()->pos());
    place.setWidth(m_completer->popup()->sizeHintForColumn(0) + px(Length::Space40));
    m_completer->complete(place);
}

void PromptEdit::complete(const QString &name)
{
    const auto begun = begunName();
    if (!begun)
        return;
    QTextCursor cursor = textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(begun->size()));
    cursor.insertText(name);
    const QString rest = cursor.block().text().mid(cursor.positionInBlock());
    if (rest.trimmed().startsWith(u"}}"_s))
        cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor, int(rest.indexOf(u"}}"_s)) + 2);
    else
        cursor.insertText(u"}}"_s);
    setTextCursor(cursor);
}

void PromptEdit::insertVariable()
{
    setFocus(Qt::ShortcutFocusReason);
    textCursor().insertText(u"{{"_s);
    offerNames();
}
