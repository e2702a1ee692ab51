// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/widgets/code_box.h"

#include "client/design/theme.h"
#include "client/widgets/button.h"
#include "client/widgets/corner_tools.h"
#include "client/widgets/layout.h"

#include <QAbstractTextDocumentLayout>
#include <QBoxLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QLocale>
#include <QPlainTextEdit>
#include <QResizeEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTimer>

namespace {

constexpr qsizetype shownAtMost = 20'000; // characters shown before "Show all"
constexpr int tickTime = 1500; // ms
constexpr int fewestLines = 3, mostLines = 14;

class CodeText : public QPlainTextEdit
{
public:
    CodeText() { setViewportMargins(0, 0, CornerTools::width(), 0); }
};

} // namespace

CodeBox::CodeBox(const QString &accessibleName, QWidget *parent)
    : QWidget(parent),
      m_edit(new CodeText),
      m_copy(new IconButton(QStringLiteral("copy"), tr("Copy"))),
      m_wrap(new IconButton(QStringLiteral("wrap-text"), tr("Wrap lines"))),
      m_more(new Button({}, {}, ButtonVariant::Ghost)),
      m_mostLines(mostLines)
{
    m_edit->setReadOnly(true);
    m_edit->setAccessibleName(accessibleName);
    m_edit->setProperty("fill", int(ColorRole::CodeBackground));
    m_edit->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_edit->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_edit->setTabChangesFocus(true);
    m_wrap->setCheckable(true);
    m_wrap->setChecked(true);
    m_tools = new CornerTools(*m_edit, {m_copy, m_wrap});
    m_more->hide();
    setLayout(layout::column({layout::wide(m_edit), m_more}, Length::Space4));
    connect(m_wrap, &QToolButton::toggled, this, [this](bool wrap) {
        m_edit->setLineWrapMode(wrap ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
        updateGeometry();
    });
    connect(m_copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text);
        m_copy->setIconName(QStringLiteral("check"), ColorRole::Success);
        QTimer::singleShot(tickTime, m_copy, [this] { m_copy->setIconName(QStringLiteral("copy")); });
    });
    connect(m_more, &QPushButton::clicked, this, &CodeBox::showAll);
    follow();
    connect(&theme(), &Theme::changed, this, &CodeBox::follow);
}

void CodeBox::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_unfolded = false;
    fold();
    renewTools();
    updateGeometry();
}

void CodeBox::append(const QString &piece)
{
    if (piece.isEmpty())
        return;
    QScrollBar *bar = m_edit->verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum() - m_edit->fontMetrics().height();
    m_text += piece;
    QTextCursor end(m_edit->document());
    end.movePosition(QTextCursor::End);
    end.insertText(piece);
    m_unfolded = true;
    if (atEnd)
        bar->setValue(bar->maximum());
    renewTools();
    updateGeometry();
}

void CodeBox::setProse(bool prose)
{
    m_prose = prose;
    follow();
    renewTools();
}

void CodeBox::setPlaceholder(const QString &text) { m_edit->setPlaceholderText(text); }

void CodeBox::setLanguage(CodeLanguage language)
{
    if (!m_colors)
        m_colors = new CodeColors(m_edit->document());
    m_colors->setLanguage(language);
}

void CodeBox::setMostLines(int lines)
{
    m_mostLines = lines;
    updateGeometry();
}

QSize CodeBox::sizeHint() const
{
    return {theme().px(Length::DetailMinimum),
            shownLines() * m_edit->fontMetrics().lineSpacing() + 2 * theme().px(Length::Space14)};
}

// No smaller than its tools in the corner.
QSize CodeBox::minimumSizeHint() const
{
    return {QWidget::minimumSizeHint().width(),
            fewestLines * m_edit->fontMetrics().lineSpacing() + 2 * theme().px(Length::Space14)};
}

// How many are wrapped is known once it has its width.
int CodeBox::shownLines() const
{
    int lines = 0;
    for (QTextBlock block = m_edit->document()->begin(); block.isValid() && lines < m_mostLines; block = block.next()) {
        if (m_edit->isVisible())
            m_edit->document()->documentLayout()->blockBoundingRect(block); // lays it out
        lines += std::max(block.layout()->lineCount(), 1);
    }
    return std::clamp(lines, fewestLines, m_mostLines);
}

void CodeBox::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        updateGeometry();
}

void CodeBox::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateGeometry();
}

void CodeBox::fold()
{
    const bool cut = m_text.size() > shownAtMost && !m_unfolded;
    m_edit->setPlainText(cut ? m_text.left(shownAtMost) : m_text);
    m_more->setVisible(cut);
    if (cut)
        m_more->setText(tr("Show all %1").arg(QLocale().formattedDataSize(m_text.toUtf8().size())));
}

void CodeBox::showAll()
{
    m_unfolded = true;
    fold();
}

void CodeBox::follow()
{
    m_edit->setFont(theme().font(m_prose ? TextStyle::Body : TextStyle::Mono));
    setMinimumHeight(minimumSizeHint().height()); // else a page without room makes it lower than its tools
    updateGeometry();
}

void CodeBox::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        m_copy->setName(tr("Copy"));
        m_wrap->setName(tr("Wrap lines"));
    }
}

void CodeBox::renewTools()
{
    m_copy->setVisible(!m_text.isEmpty());
    m_wrap->setVisible(!m_text.isEmpty() && !m_prose);
    m_tools->arrange();
}
