<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pt_BR" sourcelanguage="en_US">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About Patio</source>
            <translation>Sobre o Patio</translation>
        </message>
        <message>
            <source>Patio %1, with Qt %2. A self-hosted desk for the work with language models. Free software under the GNU General Public License, version 3 or later.</source>
            <translation>Patio %1, com Qt %2. Uma central própria para o trabalho com modelos de linguagem. Software livre sob a Licença Pública Geral GNU, versão 3 ou posterior.</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Licenças</translation>
        </message>
        <message>
            <source>Licence text</source>
            <translation>Texto da licença</translation>
        </message>
        <message>
            <source>Icons and fonts inside, and their licences</source>
            <translation>Ícones e fontes incluídos e suas licenças</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
    </context>
    <context>
        <name>AccountSession</name>
        <message>
            <source>Your session has ended. Sign in again to go on.</source>
            <translation>Sua sessão terminou. Entre de novo para continuar.</translation>
        </message>
        <message>
            <source>Sign in to see what is new.</source>
            <translation>Entre para ver as novidades.</translation>
        </message>
    </context>
    <context>
        <name>Amounts</name>
        <message>
            <source>B</source>
            <comment>billion, 10⁹</comment>
            <translation>bi</translation>
        </message>
        <message>
            <source>M</source>
            <comment>million</comment>
            <translation>mi</translation>
        </message>
        <message>
            <source>k</source>
            <comment>thousand</comment>
            <translation>mil</translation>
        </message>
        <message>
            <source>ms</source>
            <translation>ms</translation>
        </message>
        <message>
            <source>s</source>
            <translation>s</translation>
        </message>
        <message>
            <source>min</source>
            <translation>min</translation>
        </message>
        <message>
            <source>h</source>
            <translation>h</translation>
        </message>
        <message>
            <source>d</source>
            <comment>days</comment>
            <translation>d</translation>
        </message>
    </context>
    <context>
        <name>AnswerBox</name>
        <message>
            <source>Copy</source>
            <translation>Copiar</translation>
        </message>
        <message>
            <source>Show as it came</source>
            <translation>Mostrar como veio</translation>
        </message>
        <message>
            <source>Show all %1</source>
            <translation>Mostrar tudo (%1)</translation>
        </message>
    </context>
    <context>
        <name>AnswersPane</name>
        <message>
            <source>%1 in, %2 out</source>
            <comment>tokens</comment>
            <translation>%1 entrada, %2 saída</translation>
        </message>
        <message>
            <source>Case %1 · %2</source>
            <translation>Caso %1 · %2</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>Nota</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>Aprovadas</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>answers</comment>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>Beside baseline</source>
            <translation>Ante a referência</translation>
        </message>
        <message>
            <source>Score before</source>
            <translation>Nota antes</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>Latência</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>p = %1 (Fisher&apos;s exact test)</source>
            <translation>p = %1 (teste exato de Fisher)</translation>
        </message>
        <message>
            <source>Answer %1 · %2</source>
            <translation>Resposta %1 · %2</translation>
        </message>
        <message>
            <source>You may not read this job.</source>
            <translation>Você não pode ler esta execução.</translation>
        </message>
        <message>
            <source>Loading …</source>
            <translation>Carregando …</translation>
        </message>
        <message>
            <source>(empty)</source>
            <translation>(vazio)</translation>
        </message>
        <message>
            <source>No answer yet</source>
            <translation>Ainda sem resposta</translation>
        </message>
        <message>
            <source>%1, from the cache</source>
            <translation>%1, do cache</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Tokens</translation>
        </message>
        <message>
            <source>Judges</source>
            <translation>Juízes</translation>
        </message>
        <message>
            <source>Waiting</source>
            <comment>an assertion</comment>
            <translation>Aguardando</translation>
        </message>
        <message>
            <source>Holds</source>
            <comment>an assertion</comment>
            <translation>Cumprida</translation>
        </message>
        <message>
            <source>Does not hold</source>
            <comment>an assertion</comment>
            <translation>Não cumprida</translation>
        </message>
        <message>
            <source>%1, from %2</source>
            <comment>a score, and the least one</comment>
            <translation>%1, a partir de %2</translation>
        </message>
        <message>
            <source>no weight</source>
            <translation>sem peso</translation>
        </message>
        <message>
            <source>Compare outputs</source>
            <translation>Comparar saídas</translation>
        </message>
        <message>
            <source>Outputs side by side</source>
            <translation>Saídas lado a lado</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Resposta</translation>
        </message>
        <message>
            <source>Assertions</source>
            <translation>Asserções</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Entrada</translation>
        </message>
        <message>
            <source>Expected output</source>
            <translation>Saída esperada</translation>
        </message>
        <message>
            <source>Which answer</source>
            <translation>Qual resposta</translation>
        </message>
        <message>
            <source>Open job</source>
            <translation>Abrir execução</translation>
        </message>
    </context>
    <context>
        <name>AssertionForm</name>
        <message>
            <source>The judging template&apos;s own</source>
            <translation>O do próprio modelo de prompt juiz</translation>
        </message>
        <message>
            <source>This is not a JSON object</source>
            <translation>Isto não é um objeto JSON</translation>
        </message>
        <message>
            <source>Not a number</source>
            <translation>Não é um número</translation>
        </message>
        <message>
            <source>This is not JSON</source>
            <translation>Isto não é JSON</translation>
        </message>
        <message>
            <source>Not a sum of US dollars</source>
            <translation>Não é um valor em dólares</translation>
        </message>
        <message>
            <source>Expression</source>
            <translation>Expressão</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Texto</translation>
        </message>
        <message>
            <source>Empty: the expected output of each case.</source>
            <translation>Vazio: a saída esperada de cada caso.</translation>
        </message>
        <message>
            <source>ms</source>
            <translation>ms</translation>
        </message>
        <message>
            <source>US$</source>
            <translation>US$</translation>
        </message>
        <message>
            <source>characters</source>
            <translation>caracteres</translation>
        </message>
        <message>
            <source>At least (%1)</source>
            <translation>No mínimo (%1)</translation>
        </message>
        <message>
            <source>At most (%1)</source>
            <translation>No máximo (%1)</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>optional</source>
            <translation>opcional</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>Peso</translation>
        </message>
        <message>
            <source>Holds from (%)</source>
            <translation>Passa com (%)</translation>
        </message>
        <message>
            <source>Texts, one in each line</source>
            <translation>Textos, um por linha</translation>
        </message>
        <message>
            <source>How many of them</source>
            <translation>Quantos deles</translation>
        </message>
        <message>
            <source>JSON Schema</source>
            <translation>JSON Schema</translation>
        </message>
        <message>
            <source>Path</source>
            <translation>Caminho</translation>
        </message>
        <message>
            <source>Value as JSON</source>
            <translation>Valor como JSON</translation>
        </message>
        <message>
            <source>Name of the tool</source>
            <translation>Nome da ferramenta</translation>
        </message>
        <message>
            <source>Arguments as a JSON object</source>
            <translation>Argumentos como objeto JSON</translation>
        </message>
        <message>
            <source>What a good answer does</source>
            <translation>O que faz uma boa resposta</translation>
        </message>
        <message>
            <source>Judging template</source>
            <translation>Modelo de prompt juiz</translation>
        </message>
        <message>
            <source>It may use input, expected, output and rubric.</source>
            <translation>Ele pode usar input, expected, output e rubric.</translation>
        </message>
        <message>
            <source>Its version</source>
            <translation>Versão</translation>
        </message>
        <message>
            <source>the latest</source>
            <translation>a mais recente</translation>
        </message>
        <message>
            <source>Its model</source>
            <translation>Modelo do juiz</translation>
        </message>
        <message>
            <source>Ignore upper and lower case</source>
            <translation>Ignorar maiúsculas e minúsculas</translation>
        </message>
        <message>
            <source>It must not hold</source>
            <translation>Não deve ser cumprida</translation>
        </message>
        <message>
            <source>All of them</source>
            <translation>Todos</translation>
        </message>
        <message>
            <source>Any of them</source>
            <translation>Algum deles</translation>
        </message>
        <message>
            <source>None of them</source>
            <translation>Nenhum deles</translation>
        </message>
    </context>
    <context>
        <name>AssertionTrial</name>
        <message>
            <source>This is known of real calls only.</source>
            <translation>Isto só se sabe de chamadas reais.</translation>
        </message>
        <message>
            <source>A model judges this in a run; nothing is sent from here.</source>
            <translation>Um modelo julga isto numa rodada; daqui nada é enviado.</translation>
        </message>
        <message>
            <source>The assertion is not complete yet.</source>
            <translation>A asserção ainda não está completa.</translation>
        </message>
        <message>
            <source>score %1, holds from %2</source>
            <translation>nota %1, cumprida a partir de %2</translation>
        </message>
        <message>
            <source>It holds: %1.</source>
            <translation>Cumprida: %1.</translation>
        </message>
        <message>
            <source>It does not hold: %1.</source>
            <translation>Não cumprida: %1.</translation>
        </message>
        <message>
            <source>Try it on a text</source>
            <translation>Experimente com um texto</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Resposta</translation>
        </message>
        <message>
            <source>Expected output</source>
            <translation>Saída esperada</translation>
        </message>
    </context>
    <context>
        <name>AssertionsEditor</name>
        <message>
            <source>A number from 0 to 100</source>
            <translation>Um número de 0 a 100</translation>
        </message>
        <message>
            <source>Assertions</source>
            <translation>Asserções</translation>
        </message>
        <message>
            <source>Add an assertion</source>
            <translation>Adicionar asserção</translation>
        </message>
        <message>
            <source>Remove assertion</source>
            <translation>Remover asserção</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>Mover para cima</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>Mover para baixo</translation>
        </message>
        <message>
            <source>An answer passes when</source>
            <translation>Uma resposta é aprovada quando</translation>
        </message>
        <message>
            <source>all assertions with a weight hold</source>
            <translation>todas as asserções com peso se cumprem</translation>
        </message>
        <message>
            <source>their mean score is enough</source>
            <translation>a nota média delas basta</translation>
        </message>
        <message>
            <source>Mean score from (%)</source>
            <translation>Nota média a partir de (%)</translation>
        </message>
        <message>
            <source>Nothing is asked of the answers yet</source>
            <translation>Ainda não se pede nada das respostas</translation>
        </message>
        <message>
            <source>Assertions say what a good answer is: a text that it has, a form, a length, or what a model thinks of it.</source>
            <translation>Asserções dizem o que é uma boa resposta: um texto que ela contém, uma forma, um tamanho ou o que um modelo acha dela.</translation>
        </message>
        <message>
            <source>Ask for the expected output</source>
            <translation>Pedir a saída esperada</translation>
        </message>
    </context>
    <context>
        <name>AssistantDialog</name>
        <message>
            <source>Change “%1”</source>
            <translation>Alterar “%1”</translation>
        </message>
        <message>
            <source>New assistant</source>
            <translation>Novo assistente</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descrição</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versão</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Messages before the question</source>
            <translation>Mensagens antes da pergunta</translation>
        </message>
        <message>
            <source>Tokens of them, at most</source>
            <translation>Máximo de tokens delas</translation>
        </message>
        <message>
            <source>As it is mentioned, without the @.</source>
            <translation>Como é mencionado, sem o @.</translation>
        </message>
        <message>
            <source>Choose a template</source>
            <translation>Escolha um modelo de prompt</translation>
        </message>
        <message>
            <source>It gets the variables “question” and “conversation”.</source>
            <translation>Ele recebe as variáveis “question” e “conversation”.</translation>
        </message>
        <message>
            <source>Save assistant</source>
            <translation>Salvar assistente</translation>
        </message>
        <message>
            <source>Create assistant</source>
            <translation>Criar assistente</translation>
        </message>
        <message>
            <source>The latest</source>
            <translation>A mais recente</translation>
        </message>
        <message>
            <source>v%1</source>
            <translation>v%1</translation>
        </message>
        <message>
            <source>The template&apos;s</source>
            <translation>O do modelo de prompt</translation>
        </message>
    </context>
    <context>
        <name>AssistantsDialog</name>
        <message>
            <source>its template was removed</source>
            <translation>o modelo de prompt foi removido</translation>
        </message>
        <message>
            <source>Assistants</source>
            <translation>Assistentes</translation>
        </message>
        <message>
            <source>Find by name</source>
            <translation>Buscar pelo nome</translation>
        </message>
        <message>
            <source>New assistant…</source>
            <translation>Novo assistente…</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Alterar…</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Remover…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Write to it</source>
            <translation>Escrever para ele</translation>
        </message>
        <message>
            <source>Made by %1.</source>
            <translation>Criado por %1.</translation>
        </message>
        <message>
            <source>No assistant yet. One answers with a template of yours: when it is mentioned in a channel, and to each message in a conversation of its own.</source>
            <translation>Ainda não há assistentes. Um assistente responde com um dos seus modelos de prompt: quando é mencionado em um canal e a cada mensagem em uma conversa só com ele.</translation>
        </message>
        <message>
            <source>No assistant is found by this name.</source>
            <translation>Nenhum assistente com este nome.</translation>
        </message>
        <message>
            <source>Remove “%1”?</source>
            <translation>Remover “%1”?</translation>
        </message>
        <message>
            <source>It leaves all channels. What it has written stays.</source>
            <translation>Ele sai de todos os canais. O que escreveu permanece.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Remover</translation>
        </message>
        <message>
            <source>The assistants are on their way.</source>
            <translation>Os assistentes estão a caminho.</translation>
        </message>
    </context>
    <context>
        <name>AuditFilters</name>
        <message>
            <source>Who</source>
            <translation>Quem</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Tipo</translation>
        </message>
        <message>
            <source>Subject</source>
            <translation>Objeto</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>Ação</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <comment>kind and action</comment>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quando</translation>
        </message>
        <message numerus="yes">
            <source>last %n day(s)</source>
            <translation>
                <numerusform>último dia</numerusform>
                <numerusform>últimos %n dias</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>last %n hour(s)</source>
            <translation>
                <numerusform>última hora</numerusform>
                <numerusform>últimas %n horas</numerusform>
            </translation>
        </message>
        <message>
            <source>Remove this filter</source>
            <translation>Remover este filtro</translation>
        </message>
    </context>
    <context>
        <name>AuditLooks</name>
        <message>
            <source>Sign in</source>
            <translation>Entrar</translation>
        </message>
        <message>
            <source>End session</source>
            <translation>Encerrar sessão</translation>
        </message>
        <message>
            <source>Create</source>
            <translation>Criar</translation>
        </message>
        <message>
            <source>Read</source>
            <translation>Ler</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Alterar</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Remover</translation>
        </message>
        <message>
            <source>Publish</source>
            <translation>Publicar</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>Executar de novo</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Descartar</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportar</translation>
        </message>
        <message>
            <source>Audit log</source>
            <translation>Registro de auditoria</translation>
        </message>
        <message>
            <source>Provider key</source>
            <translation>Chave de provedor</translation>
        </message>
        <message>
            <source>Job</source>
            <translation>Execução</translation>
        </message>
        <message>
            <source>Prices</source>
            <translation>Preços</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>Papel</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>Regra</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>Sessão</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Configurações</translation>
        </message>
        <message>
            <source>First operator</source>
            <translation>Primeiro operador</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Tenant</source>
            <translation>Organização</translation>
        </message>
        <message>
            <source>Usage</source>
            <translation>Uso</translation>
        </message>
        <message>
            <source>User</source>
            <translation>Usuário</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Feito</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Recusado</translation>
        </message>
        <message>
            <source>Nobody signed in</source>
            <translation>Ninguém identificado</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>Chamar</translation>
        </message>
        <message>
            <source>Gateway</source>
            <translation>Gateway</translation>
        </message>
        <message>
            <source>Gateway key</source>
            <translation>Chave do gateway</translation>
        </message>
        <message>
            <source>Read texts of</source>
            <translation>Ler os textos de</translation>
        </message>
        <message>
            <source>Budget</source>
            <translation>Orçamento</translation>
        </message>
        <message>
            <source>Gateway limit</source>
            <translation>Limite do gateway</translation>
        </message>
        <message>
            <source>Gateway route</source>
            <translation>Rota do gateway</translation>
        </message>
        <message>
            <source>Gateway settings</source>
            <translation>Configurações do gateway</translation>
        </message>
        <message>
            <source>Call of a provider</source>
            <translation>Chamada a um provedor</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>Lote</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Executar</translation>
        </message>
        <message>
            <source>Evaluation</source>
            <translation>Avaliação</translation>
        </message>
        <message>
            <source>Write</source>
            <translation>Escrever</translation>
        </message>
        <message>
            <source>Moderate</source>
            <translation>Moderar</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Assistente</translation>
        </message>
        <message>
            <source>Channel</source>
            <translation>Canal</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Mensagem</translation>
        </message>
    </context>
    <context>
        <name>AuditModel</name>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Outcome</source>
            <translation>Resultado</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Quem</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>Ação</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>Tipo</translation>
        </message>
        <message>
            <source>Subject</source>
            <translation>Objeto</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Endereço</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>Vezes</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Motivo</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Requisição</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Número</translation>
        </message>
    </context>
    <context>
        <name>AuditPage</name>
        <message>
            <source>Views</source>
            <translation>Visões</translation>
        </message>
        <message>
            <source>Search people, things, reasons</source>
            <translation>Buscar pessoas, objetos, motivos</translation>
        </message>
        <message>
            <source>Audit log</source>
            <translation>Registro de auditoria</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message numerus="yes">
            <source>%n new entry(s)</source>
            <translation>
                <numerusform>%n nova entrada</numerusform>
                <numerusform>%n novas entradas</numerusform>
            </translation>
        </message>
        <message>
            <source>An owner of your tenant</source>
            <translation>Um proprietário da sua organização</translation>
        </message>
        <message>
            <source>The audit log is not known</source>
            <translation>O registro de auditoria não é conhecido</translation>
        </message>
        <message>
            <source>It is kept on the server only, which cannot be reached.</source>
            <translation>Ele fica só no servidor, que não pode ser alcançado.</translation>
        </message>
        <message>
            <source>No entry matches</source>
            <translation>Nenhuma entrada corresponde</translation>
        </message>
        <message>
            <source>Nothing was refused</source>
            <translation>Nada foi recusado</translation>
        </message>
        <message>
            <source>Attempts without the right to them would be listed here, failed sign-ins too.</source>
            <translation>Tentativas sem o direito a elas apareceriam aqui, e também falhas ao entrar.</translation>
        </message>
        <message>
            <source>No entries yet</source>
            <translation>Nenhuma entrada ainda</translation>
        </message>
        <message>
            <source>Each change of this tenant appears here as it happens.</source>
            <translation>Cada alteração desta organização aparece aqui quando acontece.</translation>
        </message>
        <message>
            <source>%1 entries, more as you scroll</source>
            <translation>%1 entradas, e mais ao rolar</translation>
        </message>
        <message numerus="yes">
            <source>%n entry(s)</source>
            <translation>
                <numerusform>%n entrada</numerusform>
                <numerusform>%n entradas</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>open</source>
            <translation>abrir</translation>
        </message>
        <message>
            <source>filter</source>
            <translation>filtrar</translation>
        </message>
        <message>
            <source>The entry cannot be shown</source>
            <translation>A entrada não pode ser exibida</translation>
        </message>
        <message>
            <source>Open details</source>
            <translation>Abrir detalhes</translation>
        </message>
        <message>
            <source>Filter by %1: %2</source>
            <comment>a field and its value</comment>
            <translation>Filtrar por %1: %2</translation>
        </message>
        <message>
            <source>Export the audit log</source>
            <translation>Exportar o registro de auditoria</translation>
        </message>
        <message>
            <source>Could not write %1</source>
            <translation>Não foi possível gravar %1</translation>
        </message>
        <message>
            <source>The audit log was exported</source>
            <translation>O registro de auditoria foi exportado</translation>
        </message>
        <message>
            <source>Search the audit log</source>
            <translation>Buscar no registro de auditoria</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Who changed what, and what was refused to whom. Nobody can edit or remove an entry.</source>
            <translation>Quem alterou o quê, e o que foi recusado a quem. Ninguém pode editar nem remover uma entrada.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportar</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Todas</translation>
        </message>
        <message>
            <source>Changes</source>
            <translation>Alterações</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Recusadas</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
    </context>
    <context>
        <name>AuditPane</name>
        <message>
            <source>%1 · %2</source>
            <comment>kind and action</comment>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Motivo</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Quem</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Times</source>
            <translation>Vezes</translation>
        </message>
        <message>
            <source>Subject</source>
            <translation>Objeto</translation>
        </message>
        <message>
            <source>Subject ID</source>
            <translation>ID do objeto</translation>
        </message>
        <message>
            <source>Ability</source>
            <translation>Permissão</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Endereço</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>Sessão</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Requisição</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Número</translation>
        </message>
        <message>
            <source>Hash</source>
            <translation>Hash</translation>
        </message>
        <message>
            <source>Entry before</source>
            <translation>Entrada anterior</translation>
        </message>
        <message>
            <source>What was changed is kept on the server only, which cannot be reached.</source>
            <translation>O que foi alterado fica só no servidor, que não pode ser alcançado.</translation>
        </message>
        <message>
            <source>Loading …</source>
            <translation>Carregando …</translation>
        </message>
        <message>
            <source>Everything stayed as it was.</source>
            <translation>Tudo ficou como estava.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Nada foi alterado.</translation>
        </message>
        <message>
            <source>There is nothing to compare.</source>
            <translation>Não há nada para comparar.</translation>
        </message>
        <message>
            <source>Before and after</source>
            <translation>Antes e depois</translation>
        </message>
        <message>
            <source>Place in the log</source>
            <translation>Lugar no registro</translation>
        </message>
    </context>
    <context>
        <name>AvatarButton</name>
        <message>
            <source>%1: account menu</source>
            <translation>%1: menu da conta</translation>
        </message>
    </context>
    <context>
        <name>BatchFiles</name>
        <message>
            <source>A quotation mark in line %1 is never closed.</source>
            <translation>Uma aspa aberta na linha %1 nunca é fechada.</translation>
        </message>
        <message>
            <source>The first line has to name each variable, and each once.</source>
            <translation>A primeira linha precisa nomear cada variável, e cada uma uma só vez.</translation>
        </message>
        <message>
            <source>Line %1 has more values than the first line has names.</source>
            <translation>A linha %1 tem mais valores do que a primeira linha tem nomes.</translation>
        </message>
        <message>
            <source>Line %1 is not a JSON object.</source>
            <translation>A linha %1 não é um objeto JSON.</translation>
        </message>
        <message>
            <source>The file is not UTF-8. Save it as “CSV UTF-8” in the spreadsheet program.</source>
            <translation>O arquivo não está em UTF-8. Salve-o como “CSV UTF-8” no programa de planilhas.</translation>
        </message>
        <message>
            <source>The file has no rows.</source>
            <translation>O arquivo não tem linhas.</translation>
        </message>
        <message>
            <source>The file has %1 rows; %2 can be run at once. Divide it.</source>
            <translation>O arquivo tem %1 linhas; %2 podem ser executadas de uma vez. Divida-o.</translation>
        </message>
        <message>
            <source>The file is larger than %1. Divide it.</source>
            <translation>O arquivo é maior que %1. Divida-o.</translation>
        </message>
    </context>
    <context>
        <name>BatchLooks</name>
        <message>
            <source>Running</source>
            <translation>Em execução</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Pausado</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Terminado</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Cancelado</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>rows that are done</comment>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>Several</source>
            <translation>Vários</translation>
        </message>
    </context>
    <context>
        <name>BatchPane</name>
        <message numerus="yes">
            <source>Nothing more begins. %n job(s) still run.</source>
            <translation>
                <numerusform>Nada mais começa. %n execução ainda corre.</numerusform>
                <numerusform>Nada mais começa. %n execuções ainda correm.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing more begins until it is resumed.</source>
            <translation>Nada mais começa até que seja retomado.</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Several</source>
            <translation>Vários</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Tokens</translation>
        </message>
        <message>
            <source>%1 in · %2 out</source>
            <comment>tokens</comment>
            <translation>%1 entrada · %2 saída</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>At no cost</source>
            <translation>Sem custo</translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) had their job already</source>
            <translation>
                <numerusform>%n linha já tinha sua execução</numerusform>
                <numerusform>%n linhas já tinham sua execução</numerusform>
            </translation>
        </message>
        <message>
            <source>Priority</source>
            <translation>Prioridade</translation>
        </message>
        <message>
            <source>Run by</source>
            <translation>Executado por</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Criado</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Terminou</translation>
        </message>
        <message>
            <source>Open jobs</source>
            <translation>Abrir execuções</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Retomar</translation>
        </message>
        <message>
            <source>Retry failed rows</source>
            <translation>Tentar de novo as linhas com falha</translation>
        </message>
        <message>
            <source>Cancel batch</source>
            <translation>Cancelar lote</translation>
        </message>
        <message>
            <source>Export results</source>
            <translation>Exportar resultados</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Progresso</translation>
        </message>
    </context>
    <context>
        <name>BatchesModel</name>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Progresso</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Falhas</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Run by</source>
            <translation>Executado por</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>Idade</translation>
        </message>
        <message>
            <source>Priority</source>
            <translation>Prioridade</translation>
        </message>
    </context>
    <context>
        <name>BatchesPage</name>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Batches</source>
            <translation>Lotes</translation>
        </message>
        <message numerus="yes">
            <source>%n new batch(es)</source>
            <translation>
                <numerusform>%n lote novo</numerusform>
                <numerusform>%n lotes novos</numerusform>
            </translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>An administrator of your tenant</source>
            <translation>Um administrador da sua organização</translation>
        </message>
        <message>
            <source>The batches could not be loaded</source>
            <translation>Não foi possível carregar os lotes</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Eles ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>No batch matches</source>
            <translation>Nenhum lote corresponde</translation>
        </message>
        <message>
            <source>No batches yet</source>
            <translation>Nenhum lote ainda</translation>
        </message>
        <message>
            <source>Run a template over each row of a CSV or JSON Lines file, and watch it here. A file may be dropped on this page.</source>
            <translation>Execute um modelo de prompt sobre cada linha de um arquivo CSV ou JSON Lines e acompanhe aqui. Um arquivo pode ser solto nesta página.</translation>
        </message>
        <message>
            <source>Run over a file</source>
            <translation>Executar sobre um arquivo</translation>
        </message>
        <message>
            <source>%1 batches, more as you scroll</source>
            <translation>%1 lotes, mais ao rolar</translation>
        </message>
        <message numerus="yes">
            <source>%n batch(es)</source>
            <translation>
                <numerusform>%n lote</numerusform>
                <numerusform>%n lotes</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>open</source>
            <translation>abrir</translation>
        </message>
        <message>
            <source>pause</source>
            <translation>pausar</translation>
        </message>
        <message>
            <source>retry failed</source>
            <translation>tentar falhas de novo</translation>
        </message>
        <message>
            <source>The batch cannot be shown</source>
            <translation>Não é possível mostrar o lote</translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) queued</source>
            <translation>
                <numerusform>%n execução na fila</numerusform>
                <numerusform>%n execuções na fila</numerusform>
            </translation>
        </message>
        <message>
            <source>A template over many rows: live, to be paused, resumed and tried again.</source>
            <translation>Um modelo de prompt sobre muitas linhas, ao vivo: pause, retome e tente de novo.</translation>
        </message>
        <message>
            <source>Run a template over each row of a file</source>
            <translation>Executar um modelo de prompt sobre cada linha de um arquivo</translation>
        </message>
        <message>
            <source>Search by name</source>
            <translation>Buscar por nome</translation>
        </message>
        <message>
            <source>Any status</source>
            <translation>Qualquer situação</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Open its jobs</source>
            <translation>Abrir suas execuções</translation>
        </message>
        <message>
            <source>Pause or resume</source>
            <translation>Pausar ou retomar</translation>
        </message>
        <message>
            <source>Retry failed rows</source>
            <translation>Tentar de novo as linhas com falha</translation>
        </message>
        <message>
            <source>Export results</source>
            <translation>Exportar resultados</translation>
        </message>
        <message>
            <source>Cancel batch</source>
            <translation>Cancelar lote</translation>
        </message>
        <message>
            <source>Open details</source>
            <translation>Abrir detalhes</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>Retomar</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pausar</translation>
        </message>
        <message>
            <source>Search batches</source>
            <translation>Buscar lotes</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Batch resumed</source>
            <translation>Lote retomado</translation>
        </message>
        <message>
            <source>Could not resume the batch</source>
            <translation>Não foi possível retomar o lote</translation>
        </message>
        <message>
            <source>Batch paused</source>
            <translation>Lote pausado</translation>
        </message>
        <message>
            <source>Could not pause the batch</source>
            <translation>Não foi possível pausar o lote</translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) queued again</source>
            <translation>
                <numerusform>%n linha de volta à fila</numerusform>
                <numerusform>%n linhas de volta à fila</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not retry the batch</source>
            <translation>Não foi possível tentar o lote de novo</translation>
        </message>
        <message>
            <source>Cancel “%1”?</source>
            <translation>Cancelar “%1”?</translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) that wait or run end. What is done stays.</source>
            <translation>
                <numerusform>%n execução que espera ou corre termina. O que está feito fica.</numerusform>
                <numerusform>%n execuções que esperam ou correm terminam. O que está feito fica.</numerusform>
            </translation>
        </message>
        <message>
            <source>Batch cancelled</source>
            <translation>Lote cancelado</translation>
        </message>
        <message>
            <source>Could not cancel the batch</source>
            <translation>Não foi possível cancelar o lote</translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) exported</source>
            <translation>
                <numerusform>%n linha exportada</numerusform>
                <numerusform>%n linhas exportadas</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not write %1</source>
            <translation>Não foi possível gravar %1</translation>
        </message>
    </context>
    <context>
        <name>BrowseChannelsDialog</name>
        <message>
            <source>Channels to join</source>
            <translation>Canais para entrar</translation>
        </message>
        <message>
            <source>Find by name or topic</source>
            <translation>Buscar por nome ou assunto</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>Canais</translation>
        </message>
        <message>
            <source>Open channel</source>
            <translation>Abrir canal</translation>
        </message>
        <message>
            <source>joined</source>
            <translation>você participa</translation>
        </message>
        <message>
            <source>There are more: narrow them by name.</source>
            <translation>Há mais: filtre pelo nome.</translation>
        </message>
        <message>
            <source>No channel is open to you by this name.</source>
            <translation>Nenhum canal com esse nome está aberto para você.</translation>
        </message>
        <message>
            <source>Return opens one; joining is offered above its messages.</source>
            <translation>Enter abre um canal; a opção de entrar aparece acima das mensagens.</translation>
        </message>
    </context>
    <context>
        <name>BudgetDialog</name>
        <message>
            <source>Change the budget “%1”</source>
            <translation>Alterar o orçamento “%1”</translation>
        </message>
        <message>
            <source>New budget</source>
            <translation>Novo orçamento</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Whose calls it pays</source>
            <translation>De quem são as chamadas</translation>
        </message>
        <message>
            <source>Which</source>
            <translation>Qual</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>Período</translation>
        </message>
        <message>
            <source>Amount in US dollars</source>
            <translation>Valor em dólares americanos</translation>
        </message>
        <message>
            <source>Refuse models without a price</source>
            <translation>Recusar modelos sem preço</translation>
        </message>
        <message>
            <source>Support team</source>
            <translation>Equipe de suporte</translation>
        </message>
        <message>
            <source>The whole tenant</source>
            <translation>A organização inteira</translation>
        </message>
        <message>
            <source>One key</source>
            <translation>Uma chave</translation>
        </message>
        <message>
            <source>One person</source>
            <translation>Uma pessoa</translation>
        </message>
        <message>
            <source>One prompt template</source>
            <translation>Um modelo de prompt</translation>
        </message>
        <message>
            <source>A day</source>
            <translation>Por dia</translation>
        </message>
        <message>
            <source>A month</source>
            <translation>Por mês</translation>
        </message>
        <message>
            <source>For ever</source>
            <translation>Sem prazo</translation>
        </message>
        <message>
            <source>Days and months are those of UTC.</source>
            <translation>Dias e meses são os de UTC.</translation>
        </message>
        <message>
            <source>Save budget</source>
            <translation>Salvar orçamento</translation>
        </message>
        <message>
            <source>Add budget</source>
            <translation>Adicionar orçamento</translation>
        </message>
        <message>
            <source>There is none yet</source>
            <translation>Ainda não há nenhum</translation>
        </message>
        <message>
            <source>Type a part of the name</source>
            <translation>Digite parte do nome</translation>
        </message>
        <message>
            <source>A sum above nought, written like %1.</source>
            <translation>Um valor acima de zero, escrito como %1.</translation>
        </message>
        <message>
            <source>Up to nine digits behind the point are kept.</source>
            <translation>São guardadas até nove casas decimais.</translation>
        </message>
        <message>
            <source>What their calls cost nobody knows, so that they could overspend it unseen.</source>
            <translation>Ninguém sabe quanto custam as chamadas deles, que poderiam estourar o orçamento sem que se visse.</translation>
        </message>
        <message>
            <source>Their calls go through and count as nothing.</source>
            <translation>As chamadas deles passam e não contam nada.</translation>
        </message>
    </context>
    <context>
        <name>BudgetLooks</name>
        <message>
            <source>Used up</source>
            <comment>a budget</comment>
            <translation>Esgotado</translation>
        </message>
        <message>
            <source>Over %1</source>
            <comment>percent of a budget</comment>
            <translation>Acima de %1</translation>
        </message>
        <message>
            <source>Enough left</source>
            <comment>of a budget</comment>
            <translation>Com folga</translation>
        </message>
        <message>
            <source>The whole tenant</source>
            <translation>A organização inteira</translation>
        </message>
        <message>
            <source>Key “%1”</source>
            <translation>Chave “%1”</translation>
        </message>
        <message>
            <source>Template “%1”</source>
            <translation>Modelo “%1”</translation>
        </message>
        <message>
            <source>A day</source>
            <comment>period of a budget</comment>
            <translation>Por dia</translation>
        </message>
        <message>
            <source>A month</source>
            <comment>period of a budget</comment>
            <translation>Por mês</translation>
        </message>
        <message>
            <source>For ever</source>
            <comment>period of a budget</comment>
            <translation>Sem prazo</translation>
        </message>
        <message>
            <source>%1 a day</source>
            <comment>money</comment>
            <translation>%1 por dia</translation>
        </message>
        <message>
            <source>%1 a month</source>
            <comment>money</comment>
            <translation>%1 por mês</translation>
        </message>
        <message>
            <source>%1 in all</source>
            <comment>money</comment>
            <translation>%1 no total</translation>
        </message>
        <message>
            <source>%1 of %2 spent, %3 held for calls that run</source>
            <translation>%1 de %2 gastos, %3 reservados para chamadas em andamento</translation>
        </message>
        <message>
            <source>in %1</source>
            <comment>a time from now</comment>
            <translation>em %1</translation>
        </message>
        <message>
            <source>never</source>
            <comment>a budget begins anew</comment>
            <translation>nunca</translation>
        </message>
        <message>
            <source>%1 spent</source>
            <comment>percent of a budget</comment>
            <translation>%1 gastos</translation>
        </message>
        <message>
            <source>not yet in this period</source>
            <translation>ainda não neste período</translation>
        </message>
    </context>
    <context>
        <name>BudgetNotices</name>
        <message>
            <source>%1 of %2 spent</source>
            <comment>money</comment>
            <translation>%1 de %2 gastos</translation>
        </message>
        <message>
            <source>The budget “%1” is used up</source>
            <translation>O orçamento “%1” se esgotou</translation>
        </message>
        <message>
            <source>%1. Calls that it would pay are refused.</source>
            <translation>%1. As chamadas que ele pagaria são recusadas.</translation>
        </message>
        <message>
            <source>The budget “%1” has reached %2</source>
            <translation>O orçamento “%1” chegou a %2</translation>
        </message>
    </context>
    <context>
        <name>BudgetPane</name>
        <message>
            <source>Calls are refused until %1.</source>
            <translation>As chamadas são recusadas até %1.</translation>
        </message>
        <message>
            <source>Calls are refused until the amount is raised.</source>
            <translation>As chamadas são recusadas até que o valor seja aumentado.</translation>
        </message>
        <message>
            <source>of %1</source>
            <comment>an amount of money</comment>
            <translation>de %1</translation>
        </message>
        <message>
            <source>%1 held for calls that run · %2 left</source>
            <translation>%1 reservados para chamadas em andamento · restam %2</translation>
        </message>
        <message>
            <source>%1 left</source>
            <translation>Restam %1</translation>
        </message>
        <message>
            <source>Of</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Begins anew</source>
            <translation>Recomeça</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nunca</translation>
        </message>
        <message>
            <source>Without price</source>
            <translation>Sem preço</translation>
        </message>
        <message>
            <source>refused</source>
            <comment>calls of models without a price</comment>
            <translation>recusados</translation>
        </message>
        <message>
            <source>let through</source>
            <comment>calls of models without a price</comment>
            <translation>passam</translation>
        </message>
        <message>
            <source>Spent exactly</source>
            <translation>Gasto exato</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Criado</translation>
        </message>
        <message>
            <source>Usage</source>
            <translation>Uso</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Recusas</translation>
        </message>
        <message>
            <source>Show the usage it pays for</source>
            <translation>Mostrar o uso que ele paga</translation>
        </message>
        <message>
            <source>Show what it refused</source>
            <translation>Mostrar o que recusou</translation>
        </message>
        <message>
            <source>Change budget</source>
            <translation>Alterar orçamento</translation>
        </message>
        <message>
            <source>Remove budget</source>
            <translation>Remover orçamento</translation>
        </message>
        <message>
            <source>Spent</source>
            <translation>Gasto</translation>
        </message>
        <message>
            <source>Reached in this period</source>
            <translation>Alcançado neste período</translation>
        </message>
    </context>
    <context>
        <name>BudgetsModel</name>
        <message>
            <source>Budget</source>
            <translation>Orçamento</translation>
        </message>
        <message>
            <source>Of</source>
            <translation>De</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>Usado</translation>
        </message>
        <message>
            <source>Spent</source>
            <translation>Gasto</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>Valor</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>Período</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Begins anew</source>
            <translation>Recomeça</translation>
        </message>
    </context>
    <context>
        <name>BudgetsView</name>
        <message>
            <source>Whose calls it pays</source>
            <translation>De quem são as chamadas</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>Orçamentos</translation>
        </message>
        <message>
            <source>Change budget</source>
            <translation>Alterar orçamento</translation>
        </message>
        <message>
            <source>Show the usage it pays for</source>
            <translation>Mostrar o uso que ele paga</translation>
        </message>
        <message>
            <source>Show what it refused</source>
            <translation>Mostrar o que recusou</translation>
        </message>
        <message>
            <source>Remove budget</source>
            <translation>Remover orçamento</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>The budgets are not known</source>
            <translation>Os orçamentos não são conhecidos</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Eles ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>No budget matches</source>
            <translation>Nenhum orçamento corresponde</translation>
        </message>
        <message>
            <source>No budgets yet</source>
            <translation>Ainda não há orçamentos</translation>
        </message>
        <message>
            <source>A budget says how much money calls may cost a day, a month or in all: those of the whole tenant, a key, a person or a prompt template. The most that a call can cost is held before it is made, so that nothing is overspent; what no longer fits is refused.</source>
            <translation>Um orçamento diz quanto dinheiro as chamadas podem custar por dia, por mês ou no total: as da organização inteira, de uma chave, de uma pessoa ou de um modelo de prompt. O máximo que uma chamada pode custar é reservado antes dela, para que nada estoure; o que não cabe mais é recusado.</translation>
        </message>
        <message>
            <source>Add budget</source>
            <translation>Adicionar orçamento</translation>
        </message>
        <message numerus="yes">
            <source>%n budget(s)</source>
            <translation>
                <numerusform>%n orçamento</numerusform>
                <numerusform>%n orçamentos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n budget(s)</source>
            <translation>
                <numerusform>%1 de %n orçamento</numerusform>
                <numerusform>%1 de %n orçamentos</numerusform>
            </translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>alterar</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>its usage</source>
            <translation>o uso</translation>
        </message>
        <message>
            <source>what it refused</source>
            <translation>o que recusou</translation>
        </message>
        <message>
            <source>Budget removed</source>
            <translation>Orçamento removido</translation>
        </message>
        <message>
            <source>The budget “%1” could not be removed</source>
            <translation>Não foi possível remover o orçamento “%1”</translation>
        </message>
        <message>
            <source>Show the usage of the budget</source>
            <translation>Mostrar o uso do orçamento</translation>
        </message>
        <message>
            <source>Show what the budget refused</source>
            <translation>Mostrar o que o orçamento recusou</translation>
        </message>
        <message>
            <source>Search budgets</source>
            <translation>Buscar orçamentos</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>New budget</source>
            <translation>Novo orçamento</translation>
        </message>
        <message>
            <source>Make a budget</source>
            <translation>Criar um orçamento</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>All budgets</source>
            <translation>Todos os orçamentos</translation>
        </message>
        <message>
            <source>Of the whole tenant</source>
            <translation>Da organização inteira</translation>
        </message>
        <message>
            <source>Of keys</source>
            <translation>De chaves</translation>
        </message>
        <message>
            <source>Of people</source>
            <translation>De pessoas</translation>
        </message>
        <message>
            <source>Of prompt templates</source>
            <translation>De modelos de prompt</translation>
        </message>
    </context>
    <context>
        <name>BundleFolder</name>
        <message>
            <source>What the server sent cannot be read.</source>
            <translation>O que o servidor enviou não pode ser lido.</translation>
        </message>
        <message>
            <source>The folder has too many files.</source>
            <translation>A pasta tem arquivos demais.</translation>
        </message>
        <message>
            <source>“%1” is too large.</source>
            <translation>“%1” é grande demais.</translation>
        </message>
        <message>
            <source>The folder is empty.</source>
            <translation>A pasta está vazia.</translation>
        </message>
    </context>
    <context>
        <name>CallFilters</name>
        <message>
            <source>When</source>
            <translation>Quando</translation>
        </message>
        <message numerus="yes">
            <source>last %n day(s)</source>
            <translation>
                <numerusform>último %n dia</numerusform>
                <numerusform>últimos %n dias</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>last %n hour(s)</source>
            <translation>
                <numerusform>última %n hora</numerusform>
                <numerusform>últimas %n horas</numerusform>
            </translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Pessoa</translation>
        </message>
        <message>
            <source>Remove this filter</source>
            <translation>Remover este filtro</translation>
        </message>
    </context>
    <context>
        <name>CallPane</name>
        <message>
            <source>About the call</source>
            <translation>Sobre a chamada</translation>
        </message>
        <message>
            <source>Request</source>
            <translation>Requisição</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Resposta</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>None: a call of a job</source>
            <translation>Nenhuma: chamada de uma execução</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Pessoa</translation>
        </message>
        <message>
            <source>Not known: the model has no price</source>
            <translation>Não se sabe: o modelo não tem preço</translation>
        </message>
        <message>
            <source>Tokens in</source>
            <translation>Tokens de entrada</translation>
        </message>
        <message>
            <source>Cached</source>
            <translation>Do cache</translation>
        </message>
        <message>
            <source>%1 of them</source>
            <translation>%1 deles</translation>
        </message>
        <message>
            <source>Tokens out</source>
            <translation>Tokens de saída</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Counted</source>
            <translation>Contagem</translation>
        </message>
        <message>
            <source>Estimated: the provider did not say</source>
            <translation>Estimada: o provedor não informou</translation>
        </message>
        <message>
            <source>First token</source>
            <translation>Primeiro token</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Duração</translation>
        </message>
        <message>
            <source>What was sent and answered is stored; you may not read it.</source>
            <translation>O que foi enviado e respondido está guardado; você não pode ler.</translation>
        </message>
        <message>
            <source>What was sent and answered is not stored.</source>
            <translation>O que foi enviado e respondido não fica guardado.</translation>
        </message>
        <message>
            <source>It is kept on the server only, which cannot be reached.</source>
            <translation>Fica só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>Kept until %1.</source>
            <translation>Guardado até %1.</translation>
        </message>
        <message>
            <source>Loading …</source>
            <translation>Carregando…</translation>
        </message>
        <message>
            <source>Request and answer</source>
            <translation>Requisição e resposta</translation>
        </message>
        <message>
            <source>Only calls with this key</source>
            <translation>Só chamadas com esta chave</translation>
        </message>
        <message>
            <source>Tokens, cost, time</source>
            <translation>Tokens, custo, tempo</translation>
        </message>
        <message>
            <source>Only the beginning was kept; its last line says how long the whole was.</source>
            <translation>Só o início foi guardado; a última linha diz o tamanho do todo.</translation>
        </message>
    </context>
    <context>
        <name>CallsModel</name>
        <message>
            <source>Job</source>
            <translation>Execução</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Hora</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Pessoa</translation>
        </message>
        <message>
            <source>In</source>
            <comment>tokens</comment>
            <translation>Entrada</translation>
        </message>
        <message>
            <source>Out</source>
            <comment>tokens</comment>
            <translation>Saída</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>First token</source>
            <translation>Primeiro token</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Duração</translation>
        </message>
        <message>
            <source>Cached in</source>
            <translation>Do cache</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>Chamada</translation>
        </message>
    </context>
    <context>
        <name>CallsView</name>
        <message>
            <source>Calls</source>
            <translation>Chamadas</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message numerus="yes">
            <source>%n new call(s)</source>
            <translation>
                <numerusform>%n chamada nova</numerusform>
                <numerusform>%n chamadas novas</numerusform>
            </translation>
        </message>
        <message>
            <source>The call cannot be shown</source>
            <translation>Não é possível mostrar a chamada</translation>
        </message>
        <message>
            <source>An owner of your tenant</source>
            <translation>Um proprietário da sua organização</translation>
        </message>
        <message>
            <source>The calls are not known</source>
            <translation>As chamadas não são conhecidas</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>No call matches</source>
            <translation>Nenhuma chamada corresponde</translation>
        </message>
        <message>
            <source>No calls yet</source>
            <translation>Nenhuma chamada ainda</translation>
        </message>
        <message>
            <source>Each call of a model appears here a moment after it has ended, whoever made it: programs with a key, and jobs.</source>
            <translation>Cada chamada de um modelo aparece aqui logo depois de terminar, seja quem for que a fez: programas com uma chave e execuções.</translation>
        </message>
        <message>
            <source>%1 calls, more as you scroll</source>
            <translation>%1 chamadas, mais ao rolar</translation>
        </message>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n chamada</numerusform>
                <numerusform>%n chamadas</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>open</source>
            <translation>abrir</translation>
        </message>
        <message>
            <source>filter</source>
            <translation>filtrar</translation>
        </message>
        <message>
            <source>copy ID</source>
            <translation>copiar ID</translation>
        </message>
        <message>
            <source>ID copied</source>
            <translation>ID copiado</translation>
        </message>
        <message>
            <source>Open details</source>
            <translation>Abrir detalhes</translation>
        </message>
        <message>
            <source>Open request and answer</source>
            <translation>Abrir requisição e resposta</translation>
        </message>
        <message>
            <source>Copy ID</source>
            <translation>Copiar ID</translation>
        </message>
        <message>
            <source>Filter by %1: %2</source>
            <comment>a field and its value</comment>
            <translation>Filtrar por %1: %2</translation>
        </message>
        <message>
            <source>Export calls</source>
            <translation>Exportar chamadas</translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) exported</source>
            <translation>
                <numerusform>%n chamada exportada</numerusform>
                <numerusform>%n chamadas exportadas</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not write %1</source>
            <translation>Não foi possível gravar %1</translation>
        </message>
        <message>
            <source>Filter calls</source>
            <translation>Filtrar chamadas</translation>
        </message>
        <message>
            <source>Find a call by its ID</source>
            <translation>Encontrar uma chamada pelo ID</translation>
        </message>
        <message>
            <source>Copy ID of call</source>
            <translation>Copiar ID da chamada</translation>
        </message>
        <message>
            <source>Show request and answer of call</source>
            <translation>Mostrar requisição e resposta da chamada</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportar</translation>
        </message>
        <message>
            <source>Export what the filters leave</source>
            <translation>Exportar o que os filtros deixam</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Paste the ID of a call</source>
            <translation>Cole o ID de uma chamada</translation>
        </message>
    </context>
    <context>
        <name>CaseConflictDialog</name>
        <message>
            <source>Changed by both of you</source>
            <translation>Alterado por vocês dois</translation>
        </message>
        <message numerus="yes">
            <source>Somebody else has changed %n cell(s) that you have changed too. What stands is chosen here; all else is put together.</source>
            <translation>
                <numerusform>Outra pessoa alterou %n célula que você também alterou. Escolha aqui o que vale; o resto foi combinado.</numerusform>
                <numerusform>Outra pessoa alterou %n células que você também alterou. Escolha aqui o que vale; o resto foi combinado.</numerusform>
            </translation>
        </message>
        <message>
            <source>All theirs</source>
            <translation>Tudo da outra pessoa</translation>
        </message>
        <message>
            <source>All mine</source>
            <translation>Tudo meu</translation>
        </message>
        <message>
            <source>Decide later</source>
            <translation>Decidir depois</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Salvar</translation>
        </message>
        <message>
            <source>Expected output</source>
            <translation>Saída esperada</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>Case %1</source>
            <translation>Caso %1</translation>
        </message>
        <message>
            <source>(empty)</source>
            <translation>(vazio)</translation>
        </message>
        <message>
            <source>(removed)</source>
            <translation>(removido)</translation>
        </message>
        <message>
            <source>(kept, with changes)</source>
            <translation>(mantido, com alterações)</translation>
        </message>
        <message>
            <source>%1: whose</source>
            <translation>%1: de quem</translation>
        </message>
        <message>
            <source>Theirs</source>
            <translation>Da outra pessoa</translation>
        </message>
        <message>
            <source>Mine</source>
            <translation>Meu</translation>
        </message>
    </context>
    <context>
        <name>CaseImportDialog</name>
        <message>
            <source>Import cases</source>
            <translation>Importar casos</translation>
        </message>
        <message>
            <source>No file chosen</source>
            <translation>Nenhum arquivo escolhido</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Escolher arquivo…</translation>
        </message>
        <message>
            <source>Comma-separated values with a line of names, or a case in JSON on each line. The columns “expected” and “tags” are what they say, each other column is a variable. Drop a file here or choose one.</source>
            <translation>Valores separados por vírgula com uma linha de nomes, ou um caso em JSON por linha. As colunas “expected” e “tags” são a saída esperada e as etiquetas, cada outra coluna é uma variável. Solte um arquivo aqui ou escolha um.</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importar</translation>
        </message>
        <message>
            <source>Cases (*.csv *.jsonl *.ndjson *.json)</source>
            <translation>Casos (*.csv *.jsonl *.ndjson *.json)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Todos os arquivos (*)</translation>
        </message>
        <message>
            <source>The file is too large: at most %1 characters.</source>
            <translation>O arquivo é grande demais: no máximo %1 caracteres.</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>O arquivo está vazio.</translation>
        </message>
        <message>
            <source>Reading the file …</source>
            <translation>Lendo o arquivo …</translation>
        </message>
        <message>
            <source>Importing …</source>
            <translation>Importando …</translation>
        </message>
        <message numerus="yes">
            <source>%n problem(s) in the file. Nothing is imported before they are gone.</source>
            <translation>
                <numerusform>%n problema no arquivo. Nada é importado antes de resolvê-lo.</numerusform>
                <numerusform>%n problemas no arquivo. Nada é importado antes de resolvê-los.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) without variables</source>
            <translation>
                <numerusform>%n caso sem variáveis</numerusform>
                <numerusform>%n casos sem variáveis</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) with the variables %1</source>
            <translation>
                <numerusform>%n caso com as variáveis %1</numerusform>
                <numerusform>%n casos com as variáveis %1</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Import %n case(s)</source>
            <translation>
                <numerusform>Importar %n caso</numerusform>
                <numerusform>Importar %n casos</numerusform>
            </translation>
        </message>
        <message>
            <source>Problems</source>
            <translation>Problemas</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Linha</translation>
        </message>
        <message>
            <source>Column</source>
            <translation>Coluna</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Problema</translation>
        </message>
        <message>
            <source>The first cases</source>
            <translation>Os primeiros casos</translation>
        </message>
        <message>
            <source>Expected output</source>
            <translation>Saída esperada</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Etiquetas</translation>
        </message>
    </context>
    <context>
        <name>CasesFromJobsDialog</name>
        <message>
            <source>Add cases from jobs</source>
            <translation>Adicionar casos de execuções</translation>
        </message>
        <message>
            <source>Search template or model</source>
            <translation>Buscar modelo de prompt ou modelo</translation>
        </message>
        <message>
            <source>Completed jobs</source>
            <translation>Execuções concluídas</translation>
        </message>
        <message>
            <source>Expect their outputs</source>
            <translation>Esperar as saídas delas</translation>
        </message>
        <message>
            <source>Tags of the new cases</source>
            <translation>Etiquetas dos novos casos</translation>
        </message>
        <message>
            <source>What they answered becomes the expected output</source>
            <translation>O que responderam passa a ser a saída esperada</translation>
        </message>
        <message>
            <source>Separated by commas.</source>
            <translation>Separadas por vírgulas.</translation>
        </message>
        <message>
            <source>Add cases</source>
            <translation>Adicionar casos</translation>
        </message>
        <message>
            <source>The jobs are not known</source>
            <translation>As execuções não são conhecidas</translation>
        </message>
        <message>
            <source>No completed jobs</source>
            <translation>Nenhuma execução concluída</translation>
        </message>
        <message>
            <source>Jobs that have an answer stand here.</source>
            <translation>Aqui ficam as execuções que têm resposta.</translation>
        </message>
        <message numerus="yes">
            <source>Add %n case(s)</source>
            <translation>
                <numerusform>Adicionar %n caso</numerusform>
                <numerusform>Adicionar %n casos</numerusform>
            </translation>
        </message>
        <message>
            <source>At most %1 jobs at once.</source>
            <translation>No máximo %1 execuções de uma vez.</translation>
        </message>
    </context>
    <context>
        <name>CasesModel</name>
        <message numerus="yes">
            <source>Remove %n case(s)</source>
            <translation>
                <numerusform>Remover %n caso</numerusform>
                <numerusform>Remover %n casos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Duplicate %n case(s)</source>
            <translation>
                <numerusform>Duplicar %n caso</numerusform>
                <numerusform>Duplicar %n casos</numerusform>
            </translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>Colar</translation>
        </message>
        <message>
            <source>Clear cells</source>
            <translation>Limpar células</translation>
        </message>
        <message>
            <source>Edit a cell</source>
            <translation>Editar célula</translation>
        </message>
        <message>
            <source>empty</source>
            <comment>a cell</comment>
            <translation>vazia</translation>
        </message>
        <message>
            <source>%1, not saved</source>
            <translation>%1, não salvo</translation>
        </message>
        <message>
            <source>new</source>
            <comment>a case</comment>
            <translation>novo</translation>
        </message>
        <message>
            <source>Expected output</source>
            <translation>Saída esperada</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Etiquetas</translation>
        </message>
    </context>
    <context>
        <name>CasesTable</name>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>Casos</translation>
        </message>
        <message>
            <source>Select all cases</source>
            <translation>Selecionar todos os casos</translation>
        </message>
    </context>
    <context>
        <name>ChannelDetailsDialog</name>
        <message>
            <source>Topic</source>
            <translation>Assunto</translation>
        </message>
        <message>
            <source>Made by</source>
            <translation>Criado por</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Desde</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Mensagens</translation>
        </message>
        <message>
            <source>Members</source>
            <translation>Membros</translation>
        </message>
        <message>
            <source>assistant</source>
            <translation>assistente</translation>
        </message>
        <message>
            <source>owner</source>
            <translation>responsável</translation>
        </message>
        <message>
            <source>Edit…</source>
            <translation>Editar…</translation>
        </message>
        <message>
            <source>Take out of the archive</source>
            <translation>Tirar do arquivo</translation>
        </message>
        <message>
            <source>Archive</source>
            <translation>Arquivar</translation>
        </message>
        <message>
            <source>Add people…</source>
            <translation>Adicionar pessoas…</translation>
        </message>
        <message>
            <source>Leave</source>
            <translation>Sair</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
    </context>
    <context>
        <name>ChannelDialog</name>
        <message>
            <source>Edit channel</source>
            <translation>Editar canal</translation>
        </message>
        <message>
            <source>New channel</source>
            <translation>Novo canal</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Topic</source>
            <translation>Assunto</translation>
        </message>
        <message>
            <source>Small letters, digits and hyphens, for example refund-questions.</source>
            <translation>Letras minúsculas, dígitos e hifens, por exemplo duvidas-de-reembolso.</translation>
        </message>
        <message>
            <source>What it is for, in a line. May stay empty.</source>
            <translation>Para que serve, em uma linha. Pode ficar vazio.</translation>
        </message>
        <message>
            <source>Who can join</source>
            <translation>Quem pode entrar</translation>
        </message>
        <message>
            <source>Public</source>
            <translation>Público</translation>
        </message>
        <message>
            <source>Private</source>
            <translation>Privado</translation>
        </message>
        <message>
            <source>Public channels can be read and joined by your tenant, private ones only by members.</source>
            <translation>Canais públicos podem ser lidos e acessados por toda a organização; os privados, só por membros.</translation>
        </message>
        <message>
            <source>Save channel</source>
            <translation>Salvar canal</translation>
        </message>
        <message>
            <source>Create channel</source>
            <translation>Criar canal</translation>
        </message>
    </context>
    <context>
        <name>ChannelList</name>
        <message>
            <source>Mark as read</source>
            <translation>Marcar como lida</translation>
        </message>
        <message>
            <source>Unmute</source>
            <translation>Reativar avisos</translation>
        </message>
        <message>
            <source>Mute</source>
            <translation>Silenciar</translation>
        </message>
        <message>
            <source>Remove from favorites</source>
            <translation>Remover dos favoritos</translation>
        </message>
        <message>
            <source>Add to favorites</source>
            <translation>Adicionar aos favoritos</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Nova mensagem</translation>
        </message>
        <message>
            <source>Conversations</source>
            <translation>Conversas</translation>
        </message>
    </context>
    <context>
        <name>ChannelListModel</name>
        <message>
            <source>Favorites</source>
            <translation>Favoritos</translation>
        </message>
        <message>
            <source>Channels</source>
            <translation>Canais</translation>
        </message>
        <message>
            <source>Direct messages</source>
            <translation>Mensagens diretas</translation>
        </message>
        <message>
            <source>Assistant threads</source>
            <translation>Conversas com assistentes</translation>
        </message>
        <message numerus="yes">
            <source>%n unread</source>
            <translation>
                <numerusform>%n não lida</numerusform>
                <numerusform>%n não lidas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n mentions</source>
            <translation>
                <numerusform>%n menção</numerusform>
                <numerusform>%n menções</numerusform>
            </translation>
        </message>
        <message>
            <source>muted</source>
            <translation>silenciado</translation>
        </message>
        <message>
            <source>online</source>
            <translation>on-line</translation>
        </message>
        <message>
            <source>away</source>
            <translation>ausente</translation>
        </message>
    </context>
    <context>
        <name>ChannelRows</name>
        <message>
            <source>You: %1</source>
            <comment>a message</comment>
            <translation>Você: %1</translation>
        </message>
        <message>
            <source>typing…</source>
            <translation>digitando…</translation>
        </message>
    </context>
    <context>
        <name>ChartExport</name>
        <message>
            <source>Picture (*.png)</source>
            <translation>Imagem (*.png)</translation>
        </message>
        <message>
            <source>Scalable drawing (*.svg)</source>
            <translation>Desenho vetorial (*.svg)</translation>
        </message>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>Valores separados por vírgula (*.csv)</translation>
        </message>
    </context>
    <context>
        <name>ChatActions</name>
        <message>
            <source>Could not change the message</source>
            <translation>Não foi possível alterar a mensagem</translation>
        </message>
        <message>
            <source>Could not delete the message</source>
            <translation>Não foi possível excluir a mensagem</translation>
        </message>
        <message>
            <source>Message deleted</source>
            <translation>Mensagem excluída</translation>
        </message>
        <message>
            <source>Could not take the reaction back</source>
            <translation>Não foi possível retirar a reação</translation>
        </message>
        <message>
            <source>Could not react to the message</source>
            <translation>Não foi possível reagir à mensagem</translation>
        </message>
        <message>
            <source>Could not unpin the message</source>
            <translation>Não foi possível desafixar a mensagem</translation>
        </message>
        <message>
            <source>Could not pin the message</source>
            <translation>Não foi possível fixar a mensagem</translation>
        </message>
        <message>
            <source>Could not stop the answer</source>
            <translation>Não foi possível parar a resposta</translation>
        </message>
        <message>
            <source>Could not have the answer written anew</source>
            <translation>Não foi possível gerar a resposta de novo</translation>
        </message>
        <message>
            <source>Could not rate the answer</source>
            <translation>Não foi possível avaliar a resposta</translation>
        </message>
        <message>
            <source>Rated as helpful</source>
            <translation>Avaliada como útil</translation>
        </message>
        <message>
            <source>Rated as not helpful</source>
            <translation>Avaliada como não útil</translation>
        </message>
        <message>
            <source>Could not join the channel</source>
            <translation>Não foi possível entrar no canal</translation>
        </message>
        <message>
            <source>Could not leave the channel</source>
            <translation>Não foi possível sair do canal</translation>
        </message>
        <message>
            <source>You left %1</source>
            <translation>Você saiu de %1</translation>
        </message>
        <message>
            <source>Could not mute the channel</source>
            <translation>Não foi possível silenciar o canal</translation>
        </message>
        <message>
            <source>Could not unmute the channel</source>
            <translation>Não foi possível reativar os avisos do canal</translation>
        </message>
        <message>
            <source>Could not change the favorites</source>
            <translation>Não foi possível alterar os favoritos</translation>
        </message>
    </context>
    <context>
        <name>ChatHeader</name>
        <message>
            <source>Search in this conversation</source>
            <translation>Buscar nesta conversa</translation>
        </message>
        <message>
            <source>Pinned messages</source>
            <translation>Mensagens fixadas</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>Detalhes</translation>
        </message>
    </context>
    <context>
        <name>ChatLooks</name>
        <message>
            <source>Only you</source>
            <translation>Só você</translation>
        </message>
        <message numerus="yes">
            <source>%n member(s)</source>
            <translation>
                <numerusform>%n membro</numerusform>
                <numerusform>%n membros</numerusform>
            </translation>
        </message>
        <message>
            <source>An earlier message</source>
            <translation>Uma mensagem anterior</translation>
        </message>
    </context>
    <context>
        <name>ChatNotices</name>
        <message>
            <source>%1 in %2</source>
            <comment>a person, a channel</comment>
            <translation>%1 em %2</translation>
        </message>
    </context>
    <context>
        <name>ChatPage</name>
        <message>
            <source>The channel cannot be shown</source>
            <translation>O canal não pode ser mostrado</translation>
        </message>
        <message>
            <source>Search in this conversation</source>
            <translation>Buscar nesta conversa</translation>
        </message>
        <message>
            <source>Search all messages</source>
            <translation>Buscar em todas as mensagens</translation>
        </message>
        <message>
            <source>Find a conversation</source>
            <translation>Encontrar uma conversa</translation>
        </message>
        <message>
            <source>New message to people</source>
            <translation>Nova mensagem para pessoas</translation>
        </message>
        <message>
            <source>New channel</source>
            <translation>Novo canal</translation>
        </message>
        <message>
            <source>Channels to join</source>
            <translation>Canais para entrar</translation>
        </message>
        <message>
            <source>Members and details</source>
            <translation>Membros e detalhes</translation>
        </message>
        <message>
            <source>Pinned messages</source>
            <translation>Mensagens fixadas</translation>
        </message>
        <message>
            <source>Leave the channel</source>
            <translation>Sair do canal</translation>
        </message>
        <message>
            <source>Mark everything as read</source>
            <translation>Marcar tudo como lido</translation>
        </message>
        <message>
            <source>Mark unread from this message</source>
            <translation>Marcar como não lida a partir desta mensagem</translation>
        </message>
        <message>
            <source>React with %1</source>
            <translation>Reagir com %1</translation>
        </message>
        <message>
            <source>Write the answer anew</source>
            <translation>Gerar a resposta de novo</translation>
        </message>
        <message>
            <source>Rate the answer as helpful</source>
            <translation>Avaliar a resposta como útil</translation>
        </message>
        <message>
            <source>Rate the answer as not helpful</source>
            <translation>Avaliar a resposta como não útil</translation>
        </message>
        <message>
            <source>Next or previous conversation</source>
            <translation>Conversa seguinte ou anterior</translation>
        </message>
        <message>
            <source>Next or previous unread one</source>
            <translation>Não lida seguinte ou anterior</translation>
        </message>
        <message>
            <source>Mute or unmute the conversation</source>
            <translation>Silenciar ou reativar a conversa</translation>
        </message>
        <message>
            <source>Quote the message</source>
            <translation>Citar a mensagem</translation>
        </message>
        <message>
            <source>Reply in its thread</source>
            <translation>Responder no tópico</translation>
        </message>
        <message>
            <source>Edit the message</source>
            <translation>Editar a mensagem</translation>
        </message>
        <message>
            <source>Pin the message</source>
            <translation>Fixar a mensagem</translation>
        </message>
        <message>
            <source>Delete the message</source>
            <translation>Excluir a mensagem</translation>
        </message>
        <message>
            <source>New message</source>
            <translation>Nova mensagem</translation>
        </message>
        <message>
            <source>Write</source>
            <translation>Escrever</translation>
        </message>
        <message>
            <source>An assistant has a conversation of its own, or is added to a channel: choose it alone.</source>
            <translation>Um assistente tem uma conversa própria ou é adicionado a um canal: escolha só ele.</translation>
        </message>
        <message>
            <source>me</source>
            <translation>eu</translation>
        </message>
        <message>
            <source>Could not change the channel</source>
            <translation>Não foi possível alterar o canal</translation>
        </message>
        <message>
            <source>Add to %1</source>
            <translation>Adicionar a %1</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Adicionar</translation>
        </message>
        <message numerus="yes">
            <source>%n online</source>
            <translation>
                <numerusform>%n on-line</numerusform>
                <numerusform>%n on-line</numerusform>
            </translation>
        </message>
        <message>
            <source>archived</source>
            <translation>arquivado</translation>
        </message>
        <message>
            <source>Join %1 to write here.</source>
            <translation>Entre em %1 para escrever aqui.</translation>
        </message>
        <message>
            <source>%1 is archived: it can be read, but no longer be written in.</source>
            <translation>%1 está arquivado: pode ser lido, mas não recebe mais mensagens.</translation>
        </message>
        <message>
            <source>Your role reads here and does not write. An administrator of your tenant can change that.</source>
            <translation>Seu papel lê aqui e não escreve. Um administrador da sua organização pode mudar isso.</translation>
        </message>
        <message>
            <source>Assistant</source>
            <translation>Assistente</translation>
        </message>
        <message>
            <source>Tells all members</source>
            <translation>Avisa todos os membros</translation>
        </message>
        <message>
            <source>Message %1</source>
            <translation>Mensagem para %1</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message numerus="yes">
            <source>%n message(s) will be sent when the connection is back.</source>
            <translation>
                <numerusform>%n mensagem será enviada quando a conexão voltar.</numerusform>
                <numerusform>%n mensagens serão enviadas quando a conexão voltar.</numerusform>
            </translation>
        </message>
        <message>
            <source>You are reading %1 without being a member.</source>
            <translation>Você está lendo %1 sem ser membro.</translation>
        </message>
        <message>
            <source>Join channel</source>
            <translation>Entrar no canal</translation>
        </message>
        <message>
            <source>As of %1. Newer messages come with the connection.</source>
            <translation>Situação de %1. Mensagens mais novas chegam com a conexão.</translation>
        </message>
        <message>
            <source>The message cannot be shown</source>
            <translation>A mensagem não pode ser mostrada</translation>
        </message>
        <message>
            <source>Too many messages wait to be sent</source>
            <translation>Há mensagens demais aguardando envio</translation>
        </message>
        <message numerus="yes">
            <source>%n are kept until the connection is back. Send this one after that.</source>
            <translation>
                <numerusform>%n fica guardada até a conexão voltar. Envie esta depois.</numerusform>
                <numerusform>%n ficam guardadas até a conexão voltar. Envie esta depois.</numerusform>
            </translation>
        </message>
        <message>
            <source>The message lies too far back</source>
            <translation>A mensagem está longe demais no passado</translation>
        </message>
        <message>
            <source>Scroll up to it, or search for it with a narrower filter.</source>
            <translation>Role até ela ou busque com um filtro mais estreito.</translation>
        </message>
        <message>
            <source>Chat</source>
            <translation>Conversas</translation>
        </message>
        <message>
            <source>Close the thread</source>
            <translation>Fechar o tópico</translation>
        </message>
        <message>
            <source>Assistants</source>
            <translation>Assistentes</translation>
        </message>
        <message>
            <source>Could not open the conversation</source>
            <translation>Não foi possível abrir a conversa</translation>
        </message>
        <message>
            <source>The template cannot be used</source>
            <translation>O modelo não pode ser usado</translation>
        </message>
        <message>
            <source>It has a system prompt only.</source>
            <translation>Ele só tem um prompt de sistema.</translation>
        </message>
    </context>
    <context>
        <name>ChatView</name>
        <message>
            <source>No conversation is open</source>
            <translation>Nenhuma conversa aberta</translation>
        </message>
        <message>
            <source>Choose one on the left, or begin a new one.</source>
            <translation>Escolha uma à esquerda ou comece uma nova.</translation>
        </message>
        <message>
            <source>Say hello</source>
            <translation>Diga olá</translation>
        </message>
        <message>
            <source>Nobody has written here yet. Mention an assistant with @ to ask it something.</source>
            <translation>Ninguém escreveu aqui ainda. Mencione um assistente com @ para perguntar algo.</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Mensagens</translation>
        </message>
    </context>
    <context>
        <name>ClientApplication</name>
        <message>
            <source>Templates</source>
            <translation>Modelos de prompt</translation>
        </message>
        <message>
            <source>%1 names no prompt engineer to sign in as.</source>
            <translation>%1 não traz nenhum engenheiro de prompts com quem entrar.</translation>
        </message>
        <message>
            <source>This is not an address such as ops.example</source>
            <translation>Isto não é um endereço como ops.example</translation>
        </message>
        <message>
            <source>%1 · TLS</source>
            <translation>%1 · TLS</translation>
        </message>
        <message>
            <source>You will be asked again next time</source>
            <translation>Você terá de entrar de novo na próxima vez</translation>
        </message>
        <message>
            <source>The system&apos;s keychain cannot be used, and nothing is kept elsewhere.</source>
            <translation>O chaveiro do sistema não pode ser usado, e nada é guardado em outro lugar.</translation>
        </message>
        <message>
            <source>The saved data was damaged and starts anew</source>
            <translation>Os dados guardados estavam danificados e recomeçam do zero</translation>
        </message>
        <message>
            <source>Signing in as %1 …</source>
            <translation>Entrando como %1…</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>Execuções</translation>
        </message>
    </context>
    <context>
        <name>CodeBox</name>
        <message>
            <source>Copy</source>
            <translation>Copiar</translation>
        </message>
        <message>
            <source>Wrap lines</source>
            <translation>Quebrar linhas</translation>
        </message>
        <message>
            <source>Show all %1</source>
            <translation>Mostrar tudo (%1)</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
        <message>
            <source>Type a command, an ID or a name…</source>
            <translation>Digite um comando, um ID ou um nome…</translation>
        </message>
        <message>
            <source>Command palette</source>
            <translation>Paleta de comandos</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>Resultados</translation>
        </message>
        <message>
            <source>Nothing is called like that. Try fewer letters.</source>
            <translation>Nada tem esse nome. Tente com menos letras.</translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>run</source>
            <translation>executar</translation>
        </message>
        <message>
            <source>commands only</source>
            <translation>só comandos</translation>
        </message>
        <message>
            <source>close</source>
            <translation>fechar</translation>
        </message>
    </context>
    <context>
        <name>ComparePane</name>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>with</source>
            <translation>com</translation>
        </message>
        <message>
            <source>Layout of the comparison</source>
            <translation>Disposição da comparação</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Rascunho</translation>
        </message>
        <message>
            <source>Restore v%1</source>
            <translation>Restaurar v%1</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>Lado a lado</translation>
        </message>
        <message>
            <source>Unified</source>
            <translation>Unificada</translation>
        </message>
    </context>
    <context>
        <name>CompareView</name>
        <message>
            <source>Comparison</source>
            <translation>Comparação</translation>
        </message>
        <message>
            <source>No differences</source>
            <translation>Nenhuma diferença</translation>
        </message>
    </context>
    <context>
        <name>ConditionForm</name>
        <message>
            <source>How the conditions are joined</source>
            <translation>Como as condições se unem</translation>
        </message>
        <message>
            <source>This condition says more than rows can show. It stays as it is; change it as JSON.</source>
            <translation>Esta condição diz mais do que as linhas podem mostrar. Ela fica como está; altere-a como JSON.</translation>
        </message>
        <message>
            <source>These are no records: there is nothing to set conditions on.</source>
            <translation>Aqui não há registros: não há sobre o que pôr condições.</translation>
        </message>
        <message>
            <source>Always: it speaks of all of them.</source>
            <translation>Sempre: fala de todos eles.</translation>
        </message>
        <message>
            <source>All of them hold</source>
            <translation>Todas valem</translation>
        </message>
        <message>
            <source>One of them holds</source>
            <translation>Uma delas vale</translation>
        </message>
        <message>
            <source>Add condition</source>
            <translation>Adicionar condição</translation>
        </message>
    </context>
    <context>
        <name>ConditionRowEdit</name>
        <message>
            <source>Attribute</source>
            <translation>Atributo</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Teste</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Valor</translation>
        </message>
        <message>
            <source>Remove condition</source>
            <translation>Remover condição</translation>
        </message>
        <message>
            <source>member</source>
            <translation>membro</translation>
        </message>
        <message>
            <source>Member of the attribute</source>
            <translation>Membro do atributo</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>sim</translation>
        </message>
        <message>
            <source>no</source>
            <translation>não</translation>
        </message>
        <message>
            <source>values with commas between them</source>
            <translation>valores separados por vírgulas</translation>
        </message>
        <message>
            <source>%1 is compared with a number.</source>
            <translation>%1 é comparado com um número.</translation>
        </message>
        <message>
            <source>Say what %1 is compared with.</source>
            <translation>Diga com que %1 é comparado.</translation>
        </message>
    </context>
    <context>
        <name>ConnectView</name>
        <message>
            <source>Language</source>
            <translation>Linguagem</translation>
        </message>
        <message>
            <source>Library</source>
            <translation>Biblioteca</translation>
        </message>
        <message>
            <source>Model or route</source>
            <translation>Modelo ou rota</translation>
        </message>
        <message>
            <source>Stream the answer</source>
            <translation>Transmitir a resposta aos poucos</translation>
        </message>
        <message>
            <source>Command that takes the key</source>
            <translation>Comando que recebe a chave</translation>
        </message>
        <message>
            <source>Command that installs the library</source>
            <translation>Comando que instala a biblioteca</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Código</translation>
        </message>
        <message>
            <source>Command that lists the models of a key</source>
            <translation>Comando que lista os modelos de uma chave</translation>
        </message>
        <message>
            <source>%1 (route)</source>
            <translation>%1 (rota)</translation>
        </message>
        <message>
            <source>What is a gateway? One sentence.</source>
            <comment>is sent to a model</comment>
            <translation>O que é um gateway? Em uma frase.</translation>
        </message>
        <message>
            <source>Save it as %1 and run: %2</source>
            <translation>Salve como %1 e execute: %2</translation>
        </message>
        <message>
            <source>Header</source>
            <translation>Cabeçalho</translation>
        </message>
        <message>
            <source>or</source>
            <translation>ou</translation>
        </message>
        <message>
            <source>Code copied</source>
            <translation>Código copiado</translation>
        </message>
        <message>
            <source>%1 with %2</source>
            <translation>%1 com %2</translation>
        </message>
        <message>
            <source>copy the code</source>
            <translation>copiar o código</translation>
        </message>
        <message>
            <source>stream</source>
            <translation>aos poucos</translation>
        </message>
        <message>
            <source>Copy the code that calls the gateway</source>
            <translation>Copiar o código que chama o gateway</translation>
        </message>
        <message>
            <source>Stream the answer, or not</source>
            <translation>Resposta aos poucos, ou inteira</translation>
        </message>
        <message>
            <source>Show code for %1</source>
            <translation>Mostrar código para %1</translation>
        </message>
        <message>
            <source>Stream</source>
            <translation>Aos poucos</translation>
        </message>
        <message>
            <source>1. Give the program a key</source>
            <translation>1. Dê uma chave ao programa</translation>
        </message>
        <message>
            <source>It reads the key from the environment variable %1. In a shell, this command takes it without showing it and without a trace in the history:</source>
            <translation>Ele lê a chave da variável de ambiente %1. Em um shell, este comando a recebe sem mostrar e sem deixar rastro no histórico:</translation>
        </message>
        <message>
            <source>Gateway keys</source>
            <translation>Chaves do gateway</translation>
        </message>
        <message>
            <source>Make or rotate a key</source>
            <translation>Criar ou trocar uma chave</translation>
        </message>
        <message>
            <source>2. Call a model</source>
            <translation>2. Chame um modelo</translation>
        </message>
        <message>
            <source>Copy code</source>
            <translation>Copiar código</translation>
        </message>
        <message>
            <source>Copy the code</source>
            <translation>Copiar o código</translation>
        </message>
        <message>
            <source>Addresses</source>
            <translation>Endereços</translation>
        </message>
        <message>
            <source>Is the key good?</source>
            <translation>A chave é válida?</translation>
        </message>
        <message>
            <source>A secret is shown once and is not known here, so that nothing can be tried from this window. This command lists the models that the key may call:</source>
            <translation>O segredo é mostrado uma vez só e não é conhecido aqui, portanto nada pode ser testado nesta janela. Este comando lista os modelos que a chave pode chamar:</translation>
        </message>
    </context>
    <context>
        <name>ConnectionNotice</name>
        <message>
            <source>No connection to %1.</source>
            <translation>Sem conexão com %1.</translation>
        </message>
        <message>
            <source>Showing data saved at %1.</source>
            <translation>Mostrando dados guardados em %1.</translation>
        </message>
        <message numerus="yes">
            <source>Next try in %n s.</source>
            <translation>
                <numerusform>Próxima tentativa em %n s.</numerusform>
                <numerusform>Próxima tentativa em %n s.</numerusform>
            </translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>Tentar agora</translation>
        </message>
    </context>
    <context>
        <name>ConnectionPill</name>
        <message>
            <source>Live</source>
            <translation>Ao vivo</translation>
        </message>
        <message>
            <source>Reconnecting…</source>
            <translation>Reconectando…</translation>
        </message>
        <message>
            <source>Offline</source>
            <translation>Sem conexão</translation>
        </message>
        <message>
            <source>Connection: %1 %2</source>
            <translation>Conexão: %1 %2</translation>
        </message>
        <message>
            <source>Connection details</source>
            <translation>Detalhes da conexão</translation>
        </message>
        <message>
            <source>%1&#x2009;ms</source>
            <translation>%1&#x2009;ms</translation>
        </message>
    </context>
    <context>
        <name>ConversationView</name>
        <message>
            <source>Retry</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Descartar</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Parar</translation>
        </message>
        <message>
            <source>Quote</source>
            <translation>Citar</translation>
        </message>
        <message>
            <source>Reply in thread</source>
            <translation>Responder na conversa</translation>
        </message>
        <message>
            <source>Edit</source>
            <translation>Editar</translation>
        </message>
        <message>
            <source>Unpin</source>
            <translation>Desafixar</translation>
        </message>
        <message>
            <source>Pin</source>
            <translation>Fixar</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Copiar link</translation>
        </message>
        <message>
            <source>Copy text</source>
            <translation>Copiar texto</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Excluir</translation>
        </message>
        <message numerus="yes">
            <source>%n new</source>
            <translation>
                <numerusform>%n nova</numerusform>
                <numerusform>%n novas</numerusform>
            </translation>
        </message>
        <message>
            <source>Jump to first unread</source>
            <translation>Ir para a primeira não lida</translation>
        </message>
        <message>
            <source>Write the answer anew</source>
            <translation>Escrever a resposta de novo</translation>
        </message>
        <message>
            <source>Helpful</source>
            <translation>Útil</translation>
        </message>
        <message>
            <source>Not helpful</source>
            <translation>Não é útil</translation>
        </message>
        <message>
            <source>React</source>
            <translation>Reagir</translation>
        </message>
        <message>
            <source>Mark unread from here</source>
            <translation>Marcar como não lidas a partir daqui</translation>
        </message>
    </context>
    <context>
        <name>CredentialDialog</name>
        <message>
            <source>Replace the key of “%1”</source>
            <translation>Substituir a chave de “%1”</translation>
        </message>
        <message>
            <source>Add a provider key</source>
            <translation>Adicionar uma chave de provedor</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Provedor</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>New key</source>
            <translation>Nova chave</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Endereço</translation>
        </message>
        <message>
            <source>Own server that speaks OpenAI&apos;s format (vLLM, Ollama, …)</source>
            <translation>Servidor próprio que fala o formato da OpenAI (vLLM, Ollama, …)</translation>
        </message>
        <message>
            <source>Own server that speaks Anthropic&apos;s format</source>
            <translation>Servidor próprio que fala o formato da Anthropic</translation>
        </message>
        <message>
            <source>Own server that speaks Google&apos;s format</source>
            <translation>Servidor próprio que fala o formato do Google</translation>
        </message>
        <message>
            <source>What stands before the slash in a model&apos;s name: vllm/llama-3.</source>
            <translation>O que fica antes da barra no nome de um modelo: vllm/llama-3.</translation>
        </message>
        <message>
            <source>Sealed on the server. Nobody can read it again, you neither.</source>
            <translation>Selada no servidor. Ninguém pode lê-la de novo, nem você.</translation>
        </message>
        <message>
            <source>Replace key</source>
            <translation>Substituir chave</translation>
        </message>
        <message>
            <source>Add key</source>
            <translation>Adicionar chave</translation>
        </message>
        <message>
            <source>Where the server is reached, with https. The key is sent there.</source>
            <translation>Onde o servidor é alcançado, com https. A chave é enviada para lá.</translation>
        </message>
        <message>
            <source>Leave it empty for the provider&apos;s own.</source>
            <translation>Deixe vazio para usar o do próprio provedor.</translation>
        </message>
        <message>
            <source>may stay empty</source>
            <translation>pode ficar vazio</translation>
        </message>
    </context>
    <context>
        <name>CredentialLooks</name>
        <message>
            <source>Not tested</source>
            <translation>Não testada</translation>
        </message>
        <message>
            <source>Works</source>
            <comment>a provider key</comment>
            <translation>Funciona</translation>
        </message>
        <message>
            <source>Does not work</source>
            <comment>a provider key</comment>
            <translation>Não funciona</translation>
        </message>
        <message>
            <source>No key</source>
            <comment>in a table</comment>
            <translation>Sem chave</translation>
        </message>
        <message>
            <source>The provider&apos;s own</source>
            <translation>O do próprio provedor</translation>
        </message>
        <message numerus="yes">
            <source>The key works. The provider names %n model(s).</source>
            <translation>
                <numerusform>A chave funciona. O provedor informa %n modelo.</numerusform>
                <numerusform>A chave funciona. O provedor informa %n modelos.</numerusform>
            </translation>
        </message>
        <message>
            <source>The provider refuses this key. Copy it again, or make a new one there.</source>
            <translation>O provedor recusa esta chave. Copie-a de novo, ou crie uma nova lá.</translation>
        </message>
        <message>
            <source>The provider knows the key but does not let it list models.</source>
            <translation>O provedor conhece a chave, mas não a deixa listar modelos.</translation>
        </message>
        <message>
            <source>Nothing answers for models at this address. Most servers that speak OpenAI&apos;s format want it to end in /v1.</source>
            <translation>Nada responde por modelos neste endereço. A maioria dos servidores que falam o formato da OpenAI quer que ele termine em /v1.</translation>
        </message>
        <message>
            <source>The key is right, but its account has no money or quota left.</source>
            <translation>A chave está certa, mas a conta dela não tem mais saldo ou cota.</translation>
        </message>
        <message>
            <source>The provider limits the rate of requests. Try again in a moment.</source>
            <translation>O provedor limita a taxa de pedidos. Tente de novo em instantes.</translation>
        </message>
        <message>
            <source>The provider is overloaded. Try again in a moment.</source>
            <translation>O provedor está sobrecarregado. Tente de novo em instantes.</translation>
        </message>
        <message>
            <source>The provider did not answer in time. Check the address.</source>
            <translation>O provedor não respondeu a tempo. Confira o endereço.</translation>
        </message>
        <message>
            <source>The address cannot be reached. Check its name and port.</source>
            <translation>O endereço não pode ser alcançado. Confira o nome e a porta.</translation>
        </message>
        <message>
            <source>The certificate of this address is not trusted.</source>
            <translation>O certificado deste endereço não é confiável.</translation>
        </message>
        <message>
            <source>The address leads into a private network, which the server&apos;s operator has not allowed.</source>
            <translation>O endereço leva a uma rede privada, o que o operador do servidor não permitiu.</translation>
        </message>
        <message>
            <source>What answers there is not a provider of this kind. Check the address and the kind.</source>
            <translation>O que responde ali não é um provedor deste tipo. Confira o endereço e o tipo.</translation>
        </message>
    </context>
    <context>
        <name>CredentialPane</name>
        <message>
            <source>Test the key: it costs nothing, and shows which models there are.</source>
            <translation>Teste a chave: não custa nada, e mostra quais modelos existem.</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Endereço</translation>
        </message>
        <message>
            <source>Speaks</source>
            <translation>Fala</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>%1/…</source>
            <comment>all models of a provider</comment>
            <translation>%1/…</translation>
        </message>
        <message>
            <source>Set by</source>
            <translation>Definida por</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Definida em</translation>
        </message>
        <message>
            <source>Tested</source>
            <translation>Testada em</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Testar</translation>
        </message>
        <message>
            <source>Replace…</source>
            <translation>Substituir…</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Remover…</translation>
        </message>
    </context>
    <context>
        <name>CredentialsModel</name>
        <message>
            <source>Provider</source>
            <translation>Provedor</translation>
        </message>
        <message>
            <source>Last test</source>
            <translation>Último teste</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Address</source>
            <translation>Endereço</translation>
        </message>
        <message>
            <source>Speaks</source>
            <translation>Fala</translation>
        </message>
        <message>
            <source>Set by</source>
            <translation>Definida por</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Definida em</translation>
        </message>
    </context>
    <context>
        <name>CredentialsPage</name>
        <message>
            <source>Provider keys</source>
            <translation>Chaves de provedores</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>No provider keys yet</source>
            <translation>Nenhuma chave de provedor ainda</translation>
        </message>
        <message>
            <source>With a key of your own, your templates run on OpenAI, Anthropic, Google, or a server of yours. Until then there are the demo&apos;s models, and what the server&apos;s operator has set up.</source>
            <translation>Com uma chave própria, seus modelos de prompt rodam na OpenAI, na Anthropic, no Google ou em um servidor seu. Até lá há os modelos de demonstração e o que o operador do servidor configurou.</translation>
        </message>
        <message>
            <source>Add key</source>
            <translation>Adicionar chave</translation>
        </message>
        <message>
            <source>The provider keys are not known</source>
            <translation>As chaves de provedores não são conhecidas</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Elas ficam apenas no servidor, que não pode ser alcançado.</translation>
        </message>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n chave</numerusform>
                <numerusform>%n chaves</numerusform>
            </translation>
        </message>
        <message>
            <source>Remove the key of “%1”</source>
            <translation>Remover a chave de “%1”</translation>
        </message>
        <message>
            <source>Jobs that ask for %1/… then fail, unless the server&apos;s operator has set up a key. The key cannot be brought back: it would have to be given again.</source>
            <translation>As execuções que pedem %1/… passam a falhar, a menos que o operador do servidor tenha configurado uma chave. A chave não pode ser recuperada: teria de ser informada de novo.</translation>
        </message>
        <message>
            <source>Remove key</source>
            <translation>Remover chave</translation>
        </message>
        <message>
            <source>Could not remove the key of “%1”</source>
            <translation>Não foi possível remover a chave de “%1”</translation>
        </message>
        <message>
            <source>Key removed</source>
            <translation>Chave removida</translation>
        </message>
        <message>
            <source>Could not test the key of “%1”</source>
            <translation>Não foi possível testar a chave de “%1”</translation>
        </message>
        <message>
            <source>The key of “%1” works</source>
            <translation>A chave de “%1” funciona</translation>
        </message>
        <message>
            <source>The key of “%1” does not work</source>
            <translation>A chave de “%1” não funciona</translation>
        </message>
        <message>
            <source>Add provider key</source>
            <translation>Adicionar chave de provedor</translation>
        </message>
        <message>
            <source>Test key</source>
            <translation>Testar chave</translation>
        </message>
        <message>
            <source>Replace key</source>
            <translation>Substituir chave</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>This tenant&apos;s own access to language models. It goes before the server&apos;s.</source>
            <translation>O acesso próprio desta organização a modelos de linguagem. Vem antes do acesso do servidor.</translation>
        </message>
        <message>
            <source>Add a provider key</source>
            <translation>Adicionar uma chave de provedor</translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>test</source>
            <translation>testar</translation>
        </message>
        <message>
            <source>replace</source>
            <translation>substituir</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
    </context>
    <context>
        <name>DataTable</name>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message numerus="yes">
            <source>%n new row(s)</source>
            <translation>
                <numerusform>%n linha nova</numerusform>
                <numerusform>%n linhas novas</numerusform>
            </translation>
        </message>
        <message>
            <source>Copy value</source>
            <translation>Copiar valor</translation>
        </message>
        <message>
            <source>Copy rows</source>
            <translation>Copiar linhas</translation>
        </message>
        <message>
            <source>Copy rows as CSV</source>
            <translation>Copiar linhas como CSV</translation>
        </message>
        <message>
            <source>Reset columns</source>
            <translation>Restaurar colunas</translation>
        </message>
        <message>
            <source>Copy rows as JSON</source>
            <translation>Copiar linhas como JSON</translation>
        </message>
    </context>
    <context>
        <name>DatasetDialog</name>
        <message>
            <source>Change “%1”</source>
            <translation>Alterar “%1”</translation>
        </message>
        <message>
            <source>New dataset</source>
            <translation>Novo dataset</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descrição</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>Refund questions</source>
            <translation>Perguntas sobre reembolso</translation>
        </message>
        <message>
            <source>Separated by commas.</source>
            <translation>Separadas por vírgulas.</translation>
        </message>
        <message>
            <source>Save dataset</source>
            <translation>Salvar dataset</translation>
        </message>
        <message>
            <source>Make dataset</source>
            <translation>Criar dataset</translation>
        </message>
    </context>
    <context>
        <name>DatasetEditor</name>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Leave without saving?</source>
            <translation>Sair sem salvar?</translation>
        </message>
        <message>
            <source>What you have changed here is not saved. Discarding it cannot be undone.</source>
            <translation>O que você alterou aqui não foi salvo. Descartar não pode ser desfeito.</translation>
        </message>
        <message>
            <source>Discard changes</source>
            <translation>Descartar alterações</translation>
        </message>
        <message>
            <source>Add a case</source>
            <translation>Adicionar caso</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) removed</source>
            <translation>
                <numerusform>%n caso removido</numerusform>
                <numerusform>%n casos removidos</numerusform>
            </translation>
        </message>
        <message>
            <source>Until you save, nobody else sees it.</source>
            <translation>Até você salvar, ninguém mais vê.</translation>
        </message>
        <message>
            <source>“%1” is in no case</source>
            <translation>“%1” não está em nenhum caso</translation>
        </message>
        <message>
            <source>The cases are not known</source>
            <translation>Os casos não são conhecidos</translation>
        </message>
        <message>
            <source>The server cannot be reached.</source>
            <translation>Não é possível alcançar o servidor.</translation>
        </message>
        <message>
            <source>No cases yet</source>
            <translation>Ainda não há casos</translation>
        </message>
        <message>
            <source>Type them here, paste them from a spreadsheet, import a file, or take them from jobs.</source>
            <translation>Digite-os aqui, cole-os de uma planilha, importe um arquivo ou traga-os de execuções.</translation>
        </message>
        <message>
            <source>Dataset</source>
            <translation>Dataset</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n caso</numerusform>
                <numerusform>%n casos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n chosen</source>
            <translation>
                <numerusform>%n escolhido</numerusform>
                <numerusform>%n escolhidos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n not saved</source>
            <translation>
                <numerusform>%n não salvo</numerusform>
                <numerusform>%n não salvos</numerusform>
            </translation>
        </message>
        <message>
            <source>assertions not saved</source>
            <translation>asserções não salvas</translation>
        </message>
        <message>
            <source>assertions not complete</source>
            <translation>asserções incompletas</translation>
        </message>
        <message>
            <source>edit</source>
            <translation>editar</translation>
        </message>
        <message>
            <source>paste</source>
            <translation>colar</translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>duplicate</source>
            <translation>duplicar</translation>
        </message>
        <message>
            <source>save</source>
            <translation>salvar</translation>
        </message>
        <message>
            <source>Name a variable…</source>
            <translation>Nomear uma variável…</translation>
        </message>
        <message>
            <source>Variables of a template</source>
            <translation>Variáveis de um modelo de prompt</translation>
        </message>
        <message>
            <source>Import cases…</source>
            <translation>Importar casos…</translation>
        </message>
        <message>
            <source>Add from jobs…</source>
            <translation>Adicionar de execuções…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportar…</translation>
        </message>
        <message>
            <source>Change name…</source>
            <translation>Alterar nome…</translation>
        </message>
        <message>
            <source>Remove dataset</source>
            <translation>Remover dataset</translation>
        </message>
        <message>
            <source>Back to the datasets</source>
            <translation>Voltar aos datasets</translation>
        </message>
        <message>
            <source>Save dataset</source>
            <translation>Salvar dataset</translation>
        </message>
        <message>
            <source>Duplicate cases</source>
            <translation>Duplicar casos</translation>
        </message>
        <message>
            <source>Remove cases</source>
            <translation>Remover casos</translation>
        </message>
        <message>
            <source>Find in cases</source>
            <translation>Localizar nos casos</translation>
        </message>
        <message>
            <source>Find the next</source>
            <translation>Localizar o próximo</translation>
        </message>
        <message>
            <source>Find the one before</source>
            <translation>Localizar o anterior</translation>
        </message>
        <message>
            <source>Import cases</source>
            <translation>Importar casos</translation>
        </message>
        <message>
            <source>Export cases</source>
            <translation>Exportar casos</translation>
        </message>
        <message>
            <source>Add cases from jobs</source>
            <translation>Adicionar casos de execuções</translation>
        </message>
        <message>
            <source>Start a run of this dataset</source>
            <translation>Executar este dataset</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Salvar</translation>
        </message>
        <message>
            <source>Save the dataset</source>
            <translation>Salvar o dataset</translation>
        </message>
        <message>
            <source>Start a run</source>
            <translation>Iniciar rodada</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mais</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>Casos</translation>
        </message>
        <message>
            <source>Assertions</source>
            <translation>Asserções</translation>
        </message>
        <message>
            <source>Add a column</source>
            <translation>Adicionar coluna</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Desfazer</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Refazer</translation>
        </message>
        <message>
            <source>Somebody else has changed the assertions meanwhile. Saving again overwrites theirs.</source>
            <translation>Outra pessoa alterou as asserções enquanto isso. Salvar de novo substitui as dela.</translation>
        </message>
        <message>
            <source>Take theirs</source>
            <translation>Ficar com as dela</translation>
        </message>
        <message>
            <source>Save again</source>
            <translation>Salvar de novo</translation>
        </message>
        <message>
            <source>Somebody else has changed other cells meanwhile; they are here now.</source>
            <translation>Outra pessoa alterou outras células enquanto isso; elas já estão aqui.</translation>
        </message>
        <message>
            <source>Save mine</source>
            <translation>Salvar as minhas</translation>
        </message>
        <message>
            <source>Restored draft · %1</source>
            <translation>Rascunho recuperado · %1</translation>
        </message>
        <message>
            <source>Discard draft</source>
            <translation>Descartar rascunho</translation>
        </message>
        <message>
            <source>Name of the variable</source>
            <translation>Nome da variável</translation>
        </message>
        <message>
            <source>Add column</source>
            <translation>Adicionar coluna</translation>
        </message>
        <message>
            <source>There is such a column already, or a slash leads the name</source>
            <translation>Essa coluna já existe, ou o nome começa com barra</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) imported</source>
            <translation>
                <numerusform>%n caso importado</numerusform>
                <numerusform>%n casos importados</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) added from jobs</source>
            <translation>
                <numerusform>%n caso adicionado de execuções</numerusform>
                <numerusform>%n casos adicionados de execuções</numerusform>
            </translation>
        </message>
        <message>
            <source>Cases exported</source>
            <translation>Casos exportados</translation>
        </message>
        <message>
            <source>The cases could not be exported</source>
            <translation>Não foi possível exportar os casos</translation>
        </message>
    </context>
    <context>
        <name>DatasetsModel</name>
        <message>
            <source>Dataset</source>
            <translation>Dataset</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descrição</translation>
        </message>
        <message>
            <source>Cases</source>
            <translation>Casos</translation>
        </message>
        <message>
            <source>Assertions</source>
            <translation>Asserções</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>Made by</source>
            <translation>Criado por</translation>
        </message>
        <message>
            <source>Changed</source>
            <comment>when</comment>
            <translation>Alterado</translation>
        </message>
    </context>
    <context>
        <name>DatasetsView</name>
        <message>
            <source>Open</source>
            <translation>Abrir</translation>
        </message>
        <message>
            <source>Start a run…</source>
            <translation>Iniciar rodada…</translation>
        </message>
        <message>
            <source>Change name…</source>
            <translation>Alterar nome…</translation>
        </message>
        <message>
            <source>Remove dataset</source>
            <translation>Remover dataset</translation>
        </message>
        <message>
            <source>No datasets yet</source>
            <translation>Ainda não há datasets</translation>
        </message>
        <message>
            <source>A dataset is a set of cases: what goes in, and what is expected to come out. Versions of templates are judged by it before they go live.</source>
            <translation>Um dataset é um conjunto de casos: o que entra e o que se espera que saia. Com ele se avaliam versões de modelos de prompt antes de irem ao ar.</translation>
        </message>
        <message>
            <source>Make a dataset</source>
            <translation>Criar um dataset</translation>
        </message>
        <message>
            <source>No dataset matches</source>
            <translation>Nenhum dataset corresponde</translation>
        </message>
        <message>
            <source>The datasets are not known</source>
            <translation>Os datasets não são conhecidos</translation>
        </message>
        <message>
            <source>Search name or description</source>
            <translation>Buscar nome ou descrição</translation>
        </message>
        <message>
            <source>Datasets</source>
            <translation>Datasets</translation>
        </message>
        <message numerus="yes">
            <source>The first %n dataset(s)</source>
            <translation>
                <numerusform>O primeiro %n dataset</numerusform>
                <numerusform>Os primeiros %n datasets</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n dataset(s)</source>
            <translation>
                <numerusform>%n dataset</numerusform>
                <numerusform>%n datasets</numerusform>
            </translation>
        </message>
        <message>
            <source>open</source>
            <translation>abrir</translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>run</source>
            <translation>executar</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>Dataset removed</source>
            <translation>Dataset removido</translation>
        </message>
        <message>
            <source>Could not remove “%1”</source>
            <translation>Não foi possível remover “%1”</translation>
        </message>
        <message>
            <source>New dataset</source>
            <translation>Novo dataset</translation>
        </message>
        <message>
            <source>Start a run of dataset</source>
            <translation>Executar dataset</translation>
        </message>
        <message>
            <source>Change name of dataset</source>
            <translation>Alterar nome do dataset</translation>
        </message>
    </context>
    <context>
        <name>DemoFile</name>
        <message>
            <source>%1 cannot be used: %2</source>
            <translation>%1 não pode ser usado: %2</translation>
        </message>
    </context>
    <context>
        <name>DetailPane</name>
        <message>
            <source>Copy ID</source>
            <translation>Copiar ID</translation>
        </message>
        <message>
            <source>Close details</source>
            <translation>Fechar detalhes</translation>
        </message>
    </context>
    <context>
        <name>Dialog</name>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Type “%1” to confirm</source>
            <translation>Digite “%1” para confirmar</translation>
        </message>
    </context>
    <context>
        <name>DiscardDialog</name>
        <message>
            <source>Discard %1</source>
            <translation>Descartar %1</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Motivo</translation>
        </message>
        <message>
            <source>Kept with the history, so that others know why the job was given up.</source>
            <translation>Fica no histórico, para que os outros saibam por que a execução foi abandonada.</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Descartar</translation>
        </message>
    </context>
    <context>
        <name>DuplicateDialog</name>
        <message>
            <source>Duplicate “%1”</source>
            <translation>Duplicar “%1”</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>%1 (copy)</source>
            <translation>%1 (cópia)</translation>
        </message>
        <message>
            <source>The copy begins with the latest version, without labels.</source>
            <translation>A cópia começa com a versão mais recente, sem rótulos.</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>Duplicar</translation>
        </message>
    </context>
    <context>
        <name>EmptyState</name>
        <message>
            <source>The filters hide everything that is here.</source>
            <translation>Os filtros escondem tudo o que há aqui.</translation>
        </message>
        <message>
            <source>Clear filters</source>
            <translation>Limpar filtros</translation>
        </message>
        <message>
            <source>This is not open to your role</source>
            <translation>Seu papel não tem acesso a isto</translation>
        </message>
        <message>
            <source>%1 can give you access.</source>
            <translation>%1 pode liberar o acesso.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
    </context>
    <context>
        <name>ErasuresModel</name>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Slug</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Erased by</source>
            <translation>Apagada por</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Linhas</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quando</translation>
        </message>
        <message>
            <source>Finished</source>
            <comment>an erasure</comment>
            <translation>Concluída</translation>
        </message>
        <message>
            <source>Cut off</source>
            <comment>an erasure</comment>
            <translation>Interrompida</translation>
        </message>
    </context>
    <context>
        <name>ErasuresView</name>
        <message>
            <source>Erased tenants</source>
            <translation>Organizações apagadas</translation>
        </message>
        <message>
            <source>The receipts are not known</source>
            <translation>Os recibos não são conhecidos</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Eles ficam só no servidor, que não pode ser alcançado.</translation>
        </message>
        <message>
            <source>No tenant was erased</source>
            <translation>Nenhuma organização foi apagada</translation>
        </message>
        <message>
            <source>When one is, its receipt stands here: what there was, who erased it, and when.</source>
            <translation>Quando uma for, seu recibo fica aqui: o que havia, quem a apagou e quando.</translation>
        </message>
        <message numerus="yes">
            <source>%n receipt(s)</source>
            <translation>
                <numerusform>%n recibo</numerusform>
                <numerusform>%n recibos</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EvaluationLooks</name>
        <message>
            <source>Equals</source>
            <translation>Igual a</translation>
        </message>
        <message>
            <source>The answer is this text, or the case&apos;s expected output.</source>
            <translation>A resposta é este texto, ou a saída esperada do caso.</translation>
        </message>
        <message>
            <source>Contains</source>
            <translation>Contém</translation>
        </message>
        <message>
            <source>The answer has all, any or none of these texts.</source>
            <translation>A resposta contém todos, algum ou nenhum destes textos.</translation>
        </message>
        <message>
            <source>Regular expression</source>
            <translation>Expressão regular</translation>
        </message>
        <message>
            <source>The expression is found anywhere in the answer.</source>
            <translation>A expressão é encontrada em qualquer lugar da resposta.</translation>
        </message>
        <message>
            <source>Starts with</source>
            <translation>Começa com</translation>
        </message>
        <message>
            <source>The answer begins with this text.</source>
            <translation>A resposta começa com este texto.</translation>
        </message>
        <message>
            <source>Ends with</source>
            <translation>Termina com</translation>
        </message>
        <message>
            <source>The answer ends with this text.</source>
            <translation>A resposta termina com este texto.</translation>
        </message>
        <message>
            <source>JSON Schema</source>
            <translation>JSON Schema</translation>
        </message>
        <message>
            <source>The answer is JSON of this form.</source>
            <translation>A resposta é JSON desta forma.</translation>
        </message>
        <message>
            <source>JSON path</source>
            <translation>Caminho JSON</translation>
        </message>
        <message>
            <source>What the path finds in the answer is this value.</source>
            <translation>O que o caminho encontra na resposta é este valor.</translation>
        </message>
        <message>
            <source>Edit similarity</source>
            <translation>Similaridade de edição</translation>
        </message>
        <message>
            <source>How few characters differ from this text (Levenshtein).</source>
            <translation>Quão poucos caracteres diferem deste texto (Levenshtein).</translation>
        </message>
        <message>
            <source>Word similarity</source>
            <translation>Similaridade de palavras</translation>
        </message>
        <message>
            <source>How many words the answer shares with this text (F1).</source>
            <translation>Quantas palavras a resposta tem em comum com este texto (F1).</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Tamanho</translation>
        </message>
        <message>
            <source>How many characters the answer has.</source>
            <translation>Quantos caracteres a resposta tem.</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>Latência</translation>
        </message>
        <message>
            <source>How long the call took.</source>
            <translation>Quanto tempo a chamada levou.</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>What the answer cost.</source>
            <translation>Quanto a resposta custou.</translation>
        </message>
        <message>
            <source>Refusal</source>
            <translation>Recusa</translation>
        </message>
        <message>
            <source>The model declined to answer.</source>
            <translation>O modelo se recusou a responder.</translation>
        </message>
        <message>
            <source>Tool call</source>
            <translation>Chamada de ferramenta</translation>
        </message>
        <message>
            <source>The answer calls this tool, with at least these arguments.</source>
            <translation>A resposta chama esta ferramenta, com pelo menos estes argumentos.</translation>
        </message>
        <message>
            <source>Rubric</source>
            <translation>Rubrica</translation>
        </message>
        <message>
            <source>A model judges the answer by what is written here.</source>
            <translation>Um modelo julga a resposta pelo que está escrito aqui.</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <translation>%1 a %2</translation>
        </message>
        <message>
            <source>at least %1</source>
            <translation>no mínimo %1</translation>
        </message>
        <message>
            <source>at most %1</source>
            <translation>no máximo %1</translation>
        </message>
        <message>
            <source>the expected output</source>
            <translation>a saída esperada</translation>
        </message>
        <message>
            <source>all of %1</source>
            <translation>todos de %1</translation>
        </message>
        <message>
            <source>any of %1</source>
            <translation>algum de %1</translation>
        </message>
        <message>
            <source>none of %1</source>
            <translation>nenhum de %1</translation>
        </message>
        <message>
            <source>Running</source>
            <comment>a run</comment>
            <translation>Em execução</translation>
        </message>
        <message>
            <source>Completed</source>
            <comment>a run</comment>
            <translation>Concluída</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <comment>a run</comment>
            <translation>Cancelada</translation>
        </message>
        <message>
            <source>Waiting</source>
            <comment>an answer</comment>
            <translation>Aguardando</translation>
        </message>
        <message>
            <source>Passed</source>
            <comment>an answer</comment>
            <translation>Aprovada</translation>
        </message>
        <message>
            <source>Failed</source>
            <comment>an answer</comment>
            <translation>Reprovada</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>Sem resposta</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <comment>an answer</comment>
            <translation>Cancelada</translation>
        </message>
        <message>
            <source>Not scored</source>
            <comment>an answer</comment>
            <translation>Sem nota</translation>
        </message>
        <message>
            <source>As before</source>
            <translation>Como antes</translation>
        </message>
        <message>
            <source>Regression</source>
            <translation>Regressão</translation>
        </message>
        <message>
            <source>Improvement</source>
            <translation>Melhora</translation>
        </message>
        <message>
            <source>Not comparable</source>
            <translation>Não comparável</translation>
        </message>
        <message>
            <source>Not: %1</source>
            <translation>Não: %1</translation>
        </message>
    </context>
    <context>
        <name>EvaluationsPage</name>
        <message>
            <source>Evaluations</source>
            <translation>Avaliações</translation>
        </message>
        <message>
            <source>Show datasets</source>
            <translation>Mostrar datasets</translation>
        </message>
        <message>
            <source>Show evaluation runs</source>
            <translation>Mostrar rodadas de avaliação</translation>
        </message>
        <message>
            <source>Show gates</source>
            <translation>Mostrar portões</translation>
        </message>
        <message>
            <source>How well versions of templates do, before they go live.</source>
            <translation>Como se saem as versões de modelos de prompt, antes de irem ao ar.</translation>
        </message>
        <message>
            <source>Datasets</source>
            <translation>Datasets</translation>
        </message>
        <message>
            <source>Runs</source>
            <translation>Rodadas</translation>
        </message>
        <message>
            <source>Gates</source>
            <translation>Portões</translation>
        </message>
    </context>
    <context>
        <name>EvaluationsTab</name>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>An owner of your tenant</source>
            <translation>Um proprietário da sua organização</translation>
        </message>
        <message>
            <source>The server cannot be reached.</source>
            <translation>Não é possível alcançar o servidor.</translation>
        </message>
        <message>
            <source>Search this list</source>
            <translation>Buscar nesta lista</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
    </context>
    <context>
        <name>ExpiryChoice</name>
        <message>
            <source>Expires</source>
            <translation>Expira</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>Último dia</translation>
        </message>
        <message>
            <source>As it is: %1</source>
            <translation>Como está: %1</translation>
        </message>
        <message>
            <source>As it is: never</source>
            <translation>Como está: nunca</translation>
        </message>
        <message>
            <source>In a year</source>
            <translation>Em um ano</translation>
        </message>
        <message numerus="yes">
            <source>In %n day(s)</source>
            <translation>
                <numerusform>Em %n dia</numerusform>
                <numerusform>Em %n dias</numerusform>
            </translation>
        </message>
        <message>
            <source>On a day of your choice</source>
            <translation>Em um dia à sua escolha</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Nunca</translation>
        </message>
        <message>
            <source>Year, month, day. The key is good until that day ends here.</source>
            <translation>Ano, mês, dia. A chave vale até o fim desse dia aqui.</translation>
        </message>
        <message>
            <source>This is not a day to come</source>
            <translation>Não é um dia futuro</translation>
        </message>
        <message>
            <source>A key that leaks stays good until somebody revokes it.</source>
            <translation>Uma chave que vaza continua valendo até alguém revogá-la.</translation>
        </message>
    </context>
    <context>
        <name>ExportBanner</name>
        <message>
            <source>Exporting %1: %2</source>
            <comment>a tenant and a size</comment>
            <translation>Exportando %1: %2</translation>
        </message>
        <message>
            <source>Exporting %1: the server is putting it together</source>
            <comment>a tenant</comment>
            <translation>Exportando %1: o servidor está reunindo os dados</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
    </context>
    <context>
        <name>ExportDialog</name>
        <message>
            <source>Export templates</source>
            <translation>Exportar templates</translation>
        </message>
        <message>
            <source>As</source>
            <translation>Como</translation>
        </message>
        <message>
            <source>One JSON file</source>
            <translation>Um arquivo JSON</translation>
        </message>
        <message>
            <source>A folder of plain text files</source>
            <translation>Uma pasta de arquivos de texto</translation>
        </message>
        <message numerus="yes">
            <source>%n template(s), with all versions and labels</source>
            <translation>
                <numerusform>%n template, com todas as versões e rótulos</numerusform>
                <numerusform>%n templates, com todas as versões e rótulos</numerusform>
            </translation>
        </message>
        <message>
            <source>The folder “%1”, with all versions and labels</source>
            <translation>A pasta “%1”, com todas as versões e rótulos</translation>
        </message>
        <message>
            <source>All templates, with all versions and labels</source>
            <translation>Todos os templates, com todas as versões e rótulos</translation>
        </message>
        <message>
            <source>Choose where…</source>
            <translation>Escolher onde…</translation>
        </message>
        <message>
            <source>Templates (*.json)</source>
            <translation>Templates (*.json)</translation>
        </message>
    </context>
    <context>
        <name>ExportFile</name>
        <message>
            <source>It did not arrive whole. Nothing was kept of it.</source>
            <translation>O arquivo não chegou inteiro. Nada dele foi guardado.</translation>
        </message>
    </context>
    <context>
        <name>FilterBar</name>
        <message>
            <source>Filter</source>
            <comment>verb</comment>
            <translation>Filtrar</translation>
        </message>
        <message>
            <source>Add a filter</source>
            <translation>Adicionar um filtro</translation>
        </message>
    </context>
    <context>
        <name>FilterChip</name>
        <message>
            <source>Filter: %1 %2. Return edits, Delete removes.</source>
            <translation>Filtro: %1 %2. Enter edita, Delete remove.</translation>
        </message>
    </context>
    <context>
        <name>FolderDialog</name>
        <message>
            <source>Folder</source>
            <translation>Pasta</translation>
        </message>
        <message>
            <source>support/refunds</source>
            <translation>suporte/reembolsos</translation>
        </message>
        <message>
            <source>Slashes part folders within folders. Empty: at the top.</source>
            <translation>Barras separam pastas dentro de pastas. Vazio: no topo.</translation>
        </message>
    </context>
    <context>
        <name>GateDialog</name>
        <message>
            <source>Change the gate of “%1”</source>
            <translation>Alterar o portão de “%1”</translation>
        </message>
        <message>
            <source>New gate</source>
            <translation>Novo portão</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Rótulo</translation>
        </message>
        <message>
            <source>Dataset</source>
            <translation>Dataset</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Least score (%)</source>
            <translation>Nota mínima (%)</translation>
        </message>
        <message>
            <source>Refuse regressions</source>
            <translation>Recusar regressões</translation>
        </message>
        <message>
            <source>Every model of the last run</source>
            <translation>Todos os modelos da última rodada</translation>
        </message>
        <message>
            <source>It may only point to a version whose last run on the dataset passes.</source>
            <translation>Ele só pode apontar para uma versão cuja última rodada no dataset seja aprovada.</translation>
        </message>
        <message>
            <source>The mean over all answers. One that did not come counts as 0.</source>
            <translation>A média de todas as respostas. A que não veio conta como 0.</translation>
        </message>
        <message>
            <source>No case may do worse than with the version that the label points to</source>
            <translation>Nenhum caso pode se sair pior que com a versão para a qual o rótulo aponta</translation>
        </message>
        <message>
            <source>Save gate</source>
            <translation>Salvar portão</translation>
        </message>
        <message>
            <source>Add gate</source>
            <translation>Adicionar portão</translation>
        </message>
        <message>
            <source>A number from 0 to 100</source>
            <translation>Um número de 0 a 100</translation>
        </message>
    </context>
    <context>
        <name>GatePane</name>
        <message>
            <source>Version %1, the latest</source>
            <translation>Versão %1, a mais recente</translation>
        </message>
        <message>
            <source>Version %1</source>
            <translation>Versão %1</translation>
        </message>
        <message>
            <source>Not known</source>
            <comment>what a gate says</comment>
            <translation>Não se sabe</translation>
        </message>
        <message>
            <source>Passes</source>
            <comment>a gate</comment>
            <translation>Aprova</translation>
        </message>
        <message>
            <source>Refuses</source>
            <comment>a gate</comment>
            <translation>Recusa</translation>
        </message>
        <message>
            <source>“%1” may point to this version.</source>
            <translation>“%1” pode apontar para esta versão.</translation>
        </message>
        <message>
            <source>Score %1, at least %2 asked for</source>
            <translation>Nota %1, pede-se no mínimo %2</translation>
        </message>
        <message numerus="yes">
            <source>Cases %1 and %n more</source>
            <translation>
                <numerusform>Casos %1 e mais %n</numerusform>
                <numerusform>Casos %1 e mais %n</numerusform>
            </translation>
        </message>
        <message>
            <source>Cases %1</source>
            <translation>Casos %1</translation>
        </message>
        <message>
            <source>The gate is gone.</source>
            <translation>O portão não existe mais.</translation>
        </message>
        <message>
            <source>Dataset</source>
            <translation>Dataset</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>every model of the last run</source>
            <translation>todos os modelos da última rodada</translation>
        </message>
        <message>
            <source>Least score</source>
            <translation>Nota mínima</translation>
        </message>
        <message>
            <source>Regressions</source>
            <translation>Regressões</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>recusadas</translation>
        </message>
        <message>
            <source>allowed</source>
            <translation>permitidas</translation>
        </message>
        <message>
            <source>Made</source>
            <comment>a gate, when</comment>
            <translation>Criado</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Alterar…</translation>
        </message>
        <message>
            <source>Change the gate</source>
            <translation>Alterar o portão</translation>
        </message>
        <message>
            <source>Remove gate</source>
            <translation>Remover portão</translation>
        </message>
        <message>
            <source>Would it let a version pass?</source>
            <translation>Deixaria uma versão passar?</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versão</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Verificar agora</translation>
        </message>
        <message>
            <source>Ask the gate about the version</source>
            <translation>Perguntar ao portão sobre a versão</translation>
        </message>
        <message>
            <source>Show run</source>
            <translation>Mostrar rodada</translation>
        </message>
        <message>
            <source>Show cases</source>
            <translation>Mostrar casos</translation>
        </message>
        <message>
            <source>Start a run…</source>
            <translation>Iniciar rodada…</translation>
        </message>
    </context>
    <context>
        <name>GatesModel</name>
        <message>
            <source>every model of the run</source>
            <translation>todos os modelos da rodada</translation>
        </message>
        <message>
            <source>refused</source>
            <translation>recusadas</translation>
        </message>
        <message>
            <source>allowed</source>
            <translation>permitidas</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Rótulo</translation>
        </message>
        <message>
            <source>Dataset</source>
            <translation>Dataset</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Least score</source>
            <translation>Nota mínima</translation>
        </message>
        <message>
            <source>Regressions</source>
            <translation>Regressões</translation>
        </message>
        <message>
            <source>Made</source>
            <comment>a gate, when</comment>
            <translation>Criado</translation>
        </message>
    </context>
    <context>
        <name>GatesView</name>
        <message>
            <source>Check now</source>
            <translation>Verificar agora</translation>
        </message>
        <message>
            <source>Change gate…</source>
            <translation>Alterar portão…</translation>
        </message>
        <message>
            <source>Remove gate</source>
            <translation>Remover portão</translation>
        </message>
        <message>
            <source>No gates yet</source>
            <translation>Ainda não há portões</translation>
        </message>
        <message>
            <source>With a gate a label, such as “production”, moves only to a version whose last run on a dataset passes.</source>
            <translation>Com um portão, um rótulo, como “production”, só passa para uma versão cuja última rodada num dataset seja aprovada.</translation>
        </message>
        <message>
            <source>Add a gate</source>
            <translation>Adicionar um portão</translation>
        </message>
        <message>
            <source>No gate matches</source>
            <translation>Nenhum portão corresponde</translation>
        </message>
        <message>
            <source>The gates are not known</source>
            <translation>Os portões não são conhecidos</translation>
        </message>
        <message>
            <source>Search template, label or dataset</source>
            <translation>Buscar modelo de prompt, rótulo ou dataset</translation>
        </message>
        <message>
            <source>Gates</source>
            <translation>Portões</translation>
        </message>
        <message numerus="yes">
            <source>%n gate(s)</source>
            <translation>
                <numerusform>%n portão</numerusform>
                <numerusform>%n portões</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n gate(s)</source>
            <translation>
                <numerusform>%1 de %n portão</numerusform>
                <numerusform>%1 de %n portões</numerusform>
            </translation>
        </message>
        <message>
            <source>check now</source>
            <translation>verificar agora</translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>alterar</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>Gate removed</source>
            <translation>Portão removido</translation>
        </message>
        <message>
            <source>Could not remove the gate of “%1”</source>
            <translation>Não foi possível remover o portão de “%1”</translation>
        </message>
        <message>
            <source>New gate</source>
            <translation>Novo portão</translation>
        </message>
        <message>
            <source>Check gate now</source>
            <translation>Verificar portão agora</translation>
        </message>
        <message>
            <source>Change gate</source>
            <translation>Alterar portão</translation>
        </message>
        <message>
            <source>Put a gate before a label</source>
            <translation>Pôr um portão diante de um rótulo</translation>
        </message>
    </context>
    <context>
        <name>GatewayLooks</name>
        <message>
            <source>Succeeded</source>
            <comment>a call</comment>
            <translation>Concluída</translation>
        </message>
        <message>
            <source>Failed</source>
            <comment>a call</comment>
            <translation>Falhou</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <comment>a call</comment>
            <translation>Cancelada</translation>
        </message>
        <message>
            <source>Lost</source>
            <comment>a call</comment>
            <translation>Perdida</translation>
        </message>
        <message>
            <source>From the cache</source>
            <comment>a call</comment>
            <translation>Do cache</translation>
        </message>
        <message>
            <source>Active</source>
            <comment>a key</comment>
            <translation>Ativa</translation>
        </message>
        <message>
            <source>Expired</source>
            <comment>a key</comment>
            <translation>Expirada</translation>
        </message>
        <message>
            <source>Revoked</source>
            <comment>a key</comment>
            <translation>Revogada</translation>
        </message>
        <message>
            <source>Any model</source>
            <translation>Qualquer modelo</translation>
        </message>
        <message>
            <source>Never</source>
            <comment>a key expires</comment>
            <translation>Nunca</translation>
        </message>
        <message>
            <source>In order</source>
            <comment>targets of a route</comment>
            <translation>Em ordem</translation>
        </message>
        <message>
            <source>By weight</source>
            <comment>targets of a route</comment>
            <translation>Por peso</translation>
        </message>
    </context>
    <context>
        <name>GatewayPage</name>
        <message>
            <source>Gateway</source>
            <translation>Gateway</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Chaves</translation>
        </message>
        <message>
            <source>Show gateway keys</source>
            <translation>Mostrar chaves do gateway</translation>
        </message>
        <message>
            <source>Connect</source>
            <translation>Conectar</translation>
        </message>
        <message>
            <source>Show how to call the gateway</source>
            <translation>Mostrar como chamar o gateway</translation>
        </message>
        <message>
            <source>Routes</source>
            <translation>Rotas</translation>
        </message>
        <message>
            <source>Show routes of the gateway</source>
            <translation>Mostrar rotas do gateway</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Chamadas</translation>
        </message>
        <message>
            <source>Show calls of the gateway</source>
            <translation>Mostrar chamadas do gateway</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Limites</translation>
        </message>
        <message>
            <source>Show limits of the gateway</source>
            <translation>Mostrar os limites do gateway</translation>
        </message>
        <message>
            <source>Budgets</source>
            <translation>Orçamentos</translation>
        </message>
        <message>
            <source>Show budgets</source>
            <translation>Mostrar os orçamentos</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>Recusas</translation>
        </message>
        <message>
            <source>Show what the gateway refused</source>
            <translation>Mostrar o que o gateway recusou</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Configurações</translation>
        </message>
        <message>
            <source>Show settings of the gateway</source>
            <translation>Mostrar as configurações do gateway</translation>
        </message>
        <message>
            <source>One address for all models: who calls them, with which keys, by which routes.</source>
            <translation>Um endereço para todos os modelos: quem os chama, com quais chaves, por quais rotas.</translation>
        </message>
    </context>
    <context>
        <name>GatewaySettingsConflict</name>
        <message>
            <source>Somebody else has saved these settings meanwhile.</source>
            <translation>Outra pessoa salvou estas configurações nesse meio-tempo.</translation>
        </message>
        <message>
            <source>Somebody else has saved these settings meanwhile. Yours differ in: %1.</source>
            <translation>Outra pessoa salvou estas configurações nesse meio-tempo. As suas diferem em: %1.</translation>
        </message>
        <message>
            <source>Take theirs</source>
            <translation>Ficar com as dela</translation>
        </message>
        <message>
            <source>Gives up what was changed here</source>
            <translation>Abandona o que foi alterado aqui</translation>
        </message>
        <message>
            <source>Save mine</source>
            <translation>Salvar as minhas</translation>
        </message>
        <message>
            <source>Overwrites what somebody else has saved</source>
            <translation>Substitui o que outra pessoa salvou</translation>
        </message>
    </context>
    <context>
        <name>GatewaySettingsForm</name>
        <message>
            <source>A whole number, 30 days at most.</source>
            <translation>Um número inteiro, no máximo 30 dias.</translation>
        </message>
        <message>
            <source>A whole number of days up to %1.</source>
            <translation>Um número inteiro de dias até %1.</translation>
        </message>
        <message>
            <source>A whole number up to %1, or nothing.</source>
            <translation>Um número inteiro até %1, ou nada.</translation>
        </message>
        <message>
            <source>Answer the same request from the cache</source>
            <translation>Responder a mesma requisição pelo cache</translation>
        </message>
        <message>
            <source>A request that is the same to the letter gets the answer it got before, at once and at no cost.</source>
            <translation>Uma requisição idêntica letra por letra recebe a resposta que já recebeu, na hora e sem custo.</translation>
        </message>
        <message>
            <source>Keep requests and answers</source>
            <translation>Guardar requisições e respostas</translation>
        </message>
        <message>
            <source>For those who may read them in the list of calls. Without it only figures are kept.</source>
            <translation>Para quem pode lê-las na lista de chamadas. Sem isso, só os números são guardados.</translation>
        </message>
        <message>
            <source>Mask personal data</source>
            <translation>Mascarar dados pessoais</translation>
        </message>
        <message>
            <source>Taken out of requests before they leave the server, and replaced by a mark.</source>
            <translation>Retirados das requisições antes que saiam do servidor e trocados por uma marca.</translation>
        </message>
        <message>
            <source>Also in answers</source>
            <translation>Também nas respostas</translation>
        </message>
        <message>
            <source>The same kinds, on their way back to the program.</source>
            <translation>Os mesmos tipos, no caminho de volta ao programa.</translation>
        </message>
        <message>
            <source>Denied patterns</source>
            <translation>Padrões proibidos</translation>
        </message>
        <message>
            <source>A request or an answer is refused when one of these regular expressions is found anywhere in it.</source>
            <translation>Uma requisição ou resposta é recusada quando uma destas expressões regulares aparece em qualquer parte dela.</translation>
        </message>
        <message>
            <source>Required patterns</source>
            <translation>Padrões obrigatórios</translation>
        </message>
        <message>
            <source>When there are any, the last message of a request must contain one of them.</source>
            <translation>Quando há algum, a última mensagem de uma requisição precisa conter um deles.</translation>
        </message>
        <message>
            <source>Lengths</source>
            <translation>Tamanhos</translation>
        </message>
        <message>
            <source>Longer requests and answers are refused. Empty: no limit but the model&apos;s own.</source>
            <translation>Requisições e respostas maiores são recusadas. Vazio: só o limite do próprio modelo.</translation>
        </message>
        <message>
            <source>Mask personal data in answers</source>
            <translation>Mascarar dados pessoais nas respostas</translation>
        </message>
        <message>
            <source>For how long</source>
            <translation>Por quanto tempo</translation>
        </message>
        <message>
            <source>Unit of time</source>
            <translation>Unidade de tempo</translation>
        </message>
        <message>
            <source>seconds</source>
            <translation>segundos</translation>
        </message>
        <message>
            <source>minutes</source>
            <translation>minutos</translation>
        </message>
        <message>
            <source>hours</source>
            <translation>horas</translation>
        </message>
        <message>
            <source>days</source>
            <translation>dias</translation>
        </message>
        <message>
            <source>For how many days</source>
            <translation>Por quantos dias</translation>
        </message>
        <message>
            <source>For example %1</source>
            <translation>Por exemplo %1</translation>
        </message>
        <message>
            <source>Denied pattern</source>
            <translation>Padrão proibido</translation>
        </message>
        <message>
            <source>Add pattern</source>
            <translation>Adicionar padrão</translation>
        </message>
        <message>
            <source>Required pattern</source>
            <translation>Padrão obrigatório</translation>
        </message>
        <message>
            <source>Characters of a request</source>
            <translation>Caracteres de uma requisição</translation>
        </message>
        <message>
            <source>Characters of an answer</source>
            <translation>Caracteres de uma resposta</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>sem limite</translation>
        </message>
    </context>
    <context>
        <name>GatewaySettingsTrial</name>
        <message>
            <source>Took too long to try: %1</source>
            <translation>Levou tempo demais para testar: %1</translation>
        </message>
        <message>
            <source>Refused: it has the denied pattern %1</source>
            <translation>Recusado: contém o padrão proibido %1</translation>
        </message>
        <message>
            <source>Refused: as the last message it has none of the required patterns.</source>
            <translation>Recusado: como última mensagem, não contém nenhum dos padrões obrigatórios.</translation>
        </message>
        <message>
            <source>Refused: %1 of at most %2 characters.</source>
            <translation>Recusado: %1 de no máximo %2 caracteres.</translation>
        </message>
        <message>
            <source>These rules let it through.</source>
            <translation>Estas regras deixam passar.</translation>
        </message>
        <message>
            <source>Personal data in it is masked by the server; that is not tried here.</source>
            <translation>Os dados pessoais são mascarados pelo servidor; isso não é testado aqui.</translation>
        </message>
        <message>
            <source>Try it</source>
            <translation>Testar</translation>
        </message>
        <message>
            <source>What the rules as they stand beside would do with a text. It is tried on this computer and sent nowhere.</source>
            <translation>O que as regras ao lado, como estão, fariam com um texto. O teste é feito neste computador e nada é enviado.</translation>
        </message>
        <message>
            <source>A request</source>
            <translation>Uma requisição</translation>
        </message>
        <message>
            <source>An answer</source>
            <translation>Uma resposta</translation>
        </message>
        <message>
            <source>What is tried</source>
            <translation>O que é testado</translation>
        </message>
        <message>
            <source>Text to try</source>
            <translation>Texto para testar</translation>
        </message>
        <message>
            <source>Type or paste a text</source>
            <translation>Digite ou cole um texto</translation>
        </message>
    </context>
    <context>
        <name>GatewaySettingsView</name>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>The settings of the gateway were saved</source>
            <translation>As configurações do gateway foram salvas</translation>
        </message>
        <message>
            <source>The settings of the gateway could not be saved</source>
            <translation>Não foi possível salvar as configurações do gateway</translation>
        </message>
        <message>
            <source>Changes discarded</source>
            <translation>Alterações descartadas</translation>
        </message>
        <message>
            <source>The settings are not known</source>
            <translation>As configurações não são conhecidas</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Eles ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>Something cannot be read yet.</source>
            <translation>Algo ainda não pode ser lido.</translation>
        </message>
        <message>
            <source>Not saved yet: %1.</source>
            <translation>Ainda não salvo: %1.</translation>
        </message>
        <message>
            <source>Everything is saved. Changes hold for the next call.</source>
            <translation>Tudo está salvo. Alterações valem a partir da próxima chamada.</translation>
        </message>
        <message>
            <source>You may read these settings, not change them.</source>
            <translation>Você pode ler estas configurações, mas não alterá-las.</translation>
        </message>
        <message>
            <source>save</source>
            <translation>salvar</translation>
        </message>
        <message>
            <source>Save settings of the gateway</source>
            <translation>Salvar as configurações do gateway</translation>
        </message>
        <message>
            <source>Discard changes to settings of the gateway</source>
            <translation>Descartar as alterações nas configurações do gateway</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Descartar</translation>
        </message>
        <message>
            <source>Back to what is saved</source>
            <translation>Voltar ao que está salvo</translation>
        </message>
        <message>
            <source>Save settings</source>
            <translation>Salvar configurações</translation>
        </message>
    </context>
    <context>
        <name>GatewaySettingsWords</name>
        <message>
            <source>It is too long once its repetitions are written out.</source>
            <translation>Fica longo demais com as repetições por extenso.</translation>
        </message>
        <message>
            <source>It has a “)” without “(”.</source>
            <translation>Há um “)” sem “(”.</translation>
        </message>
        <message>
            <source>It has a “%1” with nothing before it.</source>
            <translation>Há um “%1” sem nada antes.</translation>
        </message>
        <message>
            <source>It nests its groups too deeply.</source>
            <translation>Há grupos aninhados demais.</translation>
        </message>
        <message>
            <source>It uses look-around “(?…”, which is not supported.</source>
            <translation>Usa “(?…” para olhar em volta, o que não é aceito.</translation>
        </message>
        <message>
            <source>It has a “(” without “)”.</source>
            <translation>Há um “(” sem “)”.</translation>
        </message>
        <message>
            <source>It names a group with other characters than letters, digits, _ and $.</source>
            <translation>O nome de um grupo tem caracteres que não são letras, dígitos, _ e $.</translation>
        </message>
        <message>
            <source>It has a group whose name is missing, not closed or used before.</source>
            <translation>Há um grupo cujo nome falta, não foi fechado ou já foi usado.</translation>
        </message>
        <message>
            <source>It has a repetition that is not {n}, {n,} or {n,m}.</source>
            <translation>Há uma repetição que não é {n}, {n,} nem {n,m}.</translation>
        </message>
        <message>
            <source>It repeats what has no length.</source>
            <translation>Repete o que não tem tamanho.</translation>
        </message>
        <message>
            <source>It ends with a “\”.</source>
            <translation>Termina com “\”.</translation>
        </message>
        <message>
            <source>It refers back to a group, which is not supported.</source>
            <translation>Refere-se a um grupo anterior, o que não é aceito.</translation>
        </message>
        <message>
            <source>It has a “\u{” without “}”.</source>
            <translation>Há um “\u{” sem “}”.</translation>
        </message>
        <message>
            <source>It has an escape “\%1” that is not supported.</source>
            <translation>Há um escape “\%1” que não é aceito.</translation>
        </message>
        <message>
            <source>It has a hexadecimal escape of the wrong length.</source>
            <translation>Há um escape hexadecimal de tamanho errado.</translation>
        </message>
        <message>
            <source>It has a range in […] that runs backwards.</source>
            <translation>Há um intervalo em […] de trás para frente.</translation>
        </message>
        <message>
            <source>It has a “[” without “]”.</source>
            <translation>Há um “[” sem “]”.</translation>
        </message>
        <message>
            <source>It is too long.</source>
            <translation>É longo demais.</translation>
        </message>
        <message>
            <source>E-mail addresses</source>
            <translation>Endereços de e-mail</translation>
        </message>
        <message>
            <source>Telephone numbers</source>
            <translation>Números de telefone</translation>
        </message>
        <message>
            <source>CPF numbers</source>
            <translation>Números de CPF</translation>
        </message>
        <message>
            <source>CNPJ numbers</source>
            <translation>Números de CNPJ</translation>
        </message>
        <message>
            <source>Payment card numbers</source>
            <translation>Números de cartão</translation>
        </message>
        <message>
            <source>cache</source>
            <translation>cache</translation>
        </message>
        <message>
            <source>kept requests and answers</source>
            <translation>requisições e respostas guardadas</translation>
        </message>
        <message>
            <source>personal data</source>
            <translation>dados pessoais</translation>
        </message>
        <message>
            <source>denied patterns</source>
            <translation>padrões proibidos</translation>
        </message>
        <message>
            <source>required patterns</source>
            <translation>padrões obrigatórios</translation>
        </message>
        <message>
            <source>lengths</source>
            <translation>tamanhos</translation>
        </message>
    </context>
    <context>
        <name>HelpOverlay</name>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Atalhos do teclado</translation>
        </message>
        <message>
            <source>Find a shortcut</source>
            <translation>Buscar um atalho</translation>
        </message>
        <message>
            <source>On this page</source>
            <translation>Nesta página</translation>
        </message>
        <message>
            <source>In lists</source>
            <translation>Em listas</translation>
        </message>
        <message>
            <source>While editing</source>
            <translation>Ao editar</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>Em todo lugar</translation>
        </message>
    </context>
    <context>
        <name>HoursEdit</name>
        <message>
            <source>Only at certain hours</source>
            <translation>Somente em certos horários</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Das</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Até</translation>
        </message>
        <message>
            <source>Earlier than the beginning: on the next day.</source>
            <translation>Antes do início: no dia seguinte.</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>Fuso horário</translation>
        </message>
        <message>
            <source>Days on which they begin</source>
            <translation>Dias em que começam</translation>
        </message>
    </context>
    <context>
        <name>ImportDialog</name>
        <message>
            <source>Import templates</source>
            <translation>Importar templates</translation>
        </message>
        <message>
            <source>A JSON file, or a folder as an export writes it.</source>
            <translation>Um arquivo JSON, ou uma pasta como a exportação a escreve.</translation>
        </message>
        <message>
            <source>Where a slug is taken</source>
            <translation>Onde o slug já existe</translation>
        </message>
        <message>
            <source>What would become of each</source>
            <translation>O que aconteceria com cada um</translation>
        </message>
        <message>
            <source>Choose file…</source>
            <translation>Escolher arquivo…</translation>
        </message>
        <message>
            <source>Choose folder…</source>
            <translation>Escolher pasta…</translation>
        </message>
        <message>
            <source>Leave the template here as it is</source>
            <translation>Deixar o template daqui como está</translation>
        </message>
        <message>
            <source>Import beside it under another slug</source>
            <translation>Importar ao lado, com outro slug</translation>
        </message>
        <message>
            <source>Add the newest version to it</source>
            <translation>Acrescentar a ele a versão mais nova</translation>
        </message>
        <message>
            <source>Nothing chosen yet</source>
            <translation>Nada escolhido ainda</translation>
        </message>
        <message>
            <source>What would become of each template is shown before anything is changed.</source>
            <translation>O que aconteceria com cada template é mostrado antes que algo mude.</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importar</translation>
        </message>
        <message>
            <source>Templates (*.json)</source>
            <translation>Templates (*.json)</translation>
        </message>
        <message>
            <source>The file is no export of templates: %1</source>
            <translation>O arquivo não é uma exportação de templates: %1</translation>
        </message>
        <message numerus="yes">
            <source>Import %n template(s)</source>
            <translation>
                <numerusform>Importar %n template</numerusform>
                <numerusform>Importar %n templates</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 would change · %2 stay as they are · %3 wrong</source>
            <translation>%1 mudariam · %2 ficam como estão · %3 com erro</translation>
        </message>
    </context>
    <context>
        <name>ImportModel</name>
        <message>
            <source>New</source>
            <translation>Novo</translation>
        </message>
        <message>
            <source>Renamed</source>
            <translation>Renomeado</translation>
        </message>
        <message>
            <source>New version</source>
            <translation>Nova versão</translation>
        </message>
        <message>
            <source>Unchanged</source>
            <translation>Sem mudança</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>Deixado de fora</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Com erro</translation>
        </message>
        <message numerus="yes">
            <source>%n version(s)</source>
            <translation>
                <numerusform>%n versão</numerusform>
                <numerusform>%n versões</numerusform>
            </translation>
        </message>
        <message>
            <source>comes as %1</source>
            <translation>entra como %1</translation>
        </message>
        <message>
            <source>the slug is taken</source>
            <translation>o slug já existe</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Slug</translation>
        </message>
        <message>
            <source>Becomes</source>
            <translation>Resultado</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Nota</translation>
        </message>
    </context>
    <context>
        <name>JobActions</name>
        <message>
            <source>Could not cancel the job</source>
            <translation>Não foi possível cancelar a execução</translation>
        </message>
        <message>
            <source>Job cancelled</source>
            <translation>Execução cancelada</translation>
        </message>
        <message>
            <source>Could not retry the job</source>
            <translation>Não foi possível tentar a execução de novo</translation>
        </message>
        <message>
            <source>Job queued again</source>
            <translation>Execução de volta à fila</translation>
        </message>
        <message>
            <source>Could not replay the job</source>
            <translation>Não foi possível reproduzir a execução</translation>
        </message>
        <message>
            <source>Replayed as a new job</source>
            <translation>Reproduzida como nova execução</translation>
        </message>
        <message>
            <source>Could not discard the dead letter</source>
            <translation>Não foi possível descartar a mensagem morta</translation>
        </message>
        <message>
            <source>Dead letter discarded</source>
            <translation>Mensagem morta descartada</translation>
        </message>
        <message>
            <source>Could not change the job</source>
            <translation>Não foi possível mudar a execução</translation>
        </message>
        <message>
            <source>Job changed</source>
            <translation>Execução mudada</translation>
        </message>
        <message numerus="yes">
            <source>Could not cancel %1 of %n job(s)</source>
            <translation>
                <numerusform>Não foi possível cancelar %1 de %n execução</numerusform>
                <numerusform>Não foi possível cancelar %1 de %n execuções</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Could not retry %1 of %n job(s)</source>
            <translation>
                <numerusform>Não foi possível tentar de novo %1 de %n execução</numerusform>
                <numerusform>Não foi possível tentar de novo %1 de %n execuções</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) cancelled</source>
            <translation>
                <numerusform>%n execução cancelada</numerusform>
                <numerusform>%n execuções canceladas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) queued again</source>
            <translation>
                <numerusform>%n execução de volta à fila</numerusform>
                <numerusform>%n execuções de volta à fila</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JobChoiceModel</name>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Asked by</source>
            <translation>Pedido por</translation>
        </message>
        <message>
            <source>Asked</source>
            <comment>when</comment>
            <translation>Pedido</translation>
        </message>
    </context>
    <context>
        <name>JobCommands</name>
        <message>
            <source>Retry job</source>
            <translation>Tentar a execução de novo</translation>
        </message>
        <message>
            <source>Replay with changes</source>
            <translation>Reproduzir com mudanças</translation>
        </message>
        <message>
            <source>Cancel job</source>
            <translation>Cancelar execução</translation>
        </message>
        <message>
            <source>Discard dead letter</source>
            <translation>Descartar mensagem morta</translation>
        </message>
        <message>
            <source>Copy ID</source>
            <translation>Copiar ID</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Copiar link</translation>
        </message>
        <message>
            <source>Run now</source>
            <translation>Executar agora</translation>
        </message>
        <message>
            <source>Change priority or time</source>
            <translation>Mudar prioridade ou horário</translation>
        </message>
    </context>
    <context>
        <name>JobCostDialog</name>
        <message>
            <source>Cost between two amounts</source>
            <translation>Custo entre dois valores</translation>
        </message>
        <message>
            <source>At least, in US dollars</source>
            <translation>Pelo menos, em dólares</translation>
        </message>
        <message>
            <source>At most, in US dollars</source>
            <translation>No máximo, em dólares</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filtrar</translation>
        </message>
        <message>
            <source>A sum, written like %1.</source>
            <translation>Um valor, escrito como %1.</translation>
        </message>
        <message>
            <source>Not less than the other amount.</source>
            <translation>Não menos que o outro valor.</translation>
        </message>
    </context>
    <context>
        <name>JobDaysDialog</name>
        <message>
            <source>Made between two days</source>
            <translation>Criadas entre dois dias</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>Primeiro dia</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>Último dia</translation>
        </message>
        <message>
            <source>Both are included. Days are those of UTC.</source>
            <translation>Ambos estão incluídos. Os dias são os de UTC.</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>Filtrar</translation>
        </message>
    </context>
    <context>
        <name>JobFilters</name>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Run by</source>
            <translation>Executada por</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>Dia</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Criada</translation>
        </message>
        <message numerus="yes">
            <source>last %n day(s)</source>
            <translation>
                <numerusform>último dia</numerusform>
                <numerusform>últimos %n dias</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>last %n hour(s)</source>
            <translation>
                <numerusform>última hora</numerusform>
                <numerusform>últimas %n horas</numerusform>
            </translation>
        </message>
        <message>
            <source>Remove this filter</source>
            <translation>Remover este filtro</translation>
        </message>
        <message>
            <source>today</source>
            <translation>hoje</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <comment>days</comment>
            <translation>%1 a %2</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>Lote</translation>
        </message>
        <message>
            <source>Starts</source>
            <translation>Começa</translation>
        </message>
        <message>
            <source>later</source>
            <translation>mais tarde</translation>
        </message>
        <message>
            <source>%1 to %2</source>
            <comment>costs</comment>
            <translation>%1 a %2</translation>
        </message>
        <message>
            <source>from %1</source>
            <translation>a partir de %1</translation>
        </message>
        <message>
            <source>up to %1</source>
            <translation>até %1</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Between two amounts…</source>
            <translation>Entre dois valores…</translation>
        </message>
        <message>
            <source>Between two days…</source>
            <translation>Entre dois dias…</translation>
        </message>
    </context>
    <context>
        <name>JobLimitsDialog</name>
        <message>
            <source>Jobs at a time</source>
            <translation>Execuções ao mesmo tempo</translation>
        </message>
        <message>
            <source>All jobs of the tenant</source>
            <translation>Todas as execuções da organização</translation>
        </message>
        <message>
            <source>Of a provider or model</source>
            <translation>De um provedor ou modelo</translation>
        </message>
        <message>
            <source>Add a limit</source>
            <translation>Adicionar limite</translation>
        </message>
        <message>
            <source>As many as there is room for</source>
            <translation>Tantas quantas couberem</translation>
        </message>
        <message>
            <source>The others wait. Operators may have limits beside these.</source>
            <translation>As outras esperam. Os operadores podem ter limites além destes.</translation>
        </message>
        <message>
            <source>Save limits</source>
            <translation>Salvar limites</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Provider or model</source>
            <translation>Provedor ou modelo</translation>
        </message>
        <message>
            <source>anthropic or anthropic/claude-sonnet-4.5</source>
            <translation>anthropic ou anthropic/claude-sonnet-4.5</translation>
        </message>
        <message>
            <source>Remove the limit</source>
            <translation>Remover o limite</translation>
        </message>
        <message>
            <source>A whole number from 0 to %1.</source>
            <translation>Um número inteiro de 0 a %1.</translation>
        </message>
        <message>
            <source>0 lets none run.</source>
            <translation>0 não deixa nenhuma executar.</translation>
        </message>
        <message>
            <source>Somebody else has changed the limits meanwhile.</source>
            <translation>Outra pessoa mudou os limites enquanto isso.</translation>
        </message>
        <message>
            <source>Load them</source>
            <translation>Carregá-los</translation>
        </message>
    </context>
    <context>
        <name>JobLooks</name>
        <message>
            <source>Queued</source>
            <translation>Na fila</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>Em execução</translation>
        </message>
        <message>
            <source>Succeeded</source>
            <translation>Concluída</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Com falha</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>Cancelada</translation>
        </message>
        <message>
            <source>Dead letter</source>
            <translation>Fila morta</translation>
        </message>
        <message>
            <source>Lost with its worker</source>
            <translation>Perdida com seu processo</translation>
        </message>
        <message>
            <source>high</source>
            <comment>priority</comment>
            <translation>alta</translation>
        </message>
        <message>
            <source>normal</source>
            <comment>priority</comment>
            <translation>normal</translation>
        </message>
        <message>
            <source>low</source>
            <comment>priority</comment>
            <translation>baixa</translation>
        </message>
        <message>
            <source>Messages only</source>
            <translation>Só mensagens</translation>
        </message>
        <message>
            <source>%1 (draft)</source>
            <translation>%1 (rascunho)</translation>
        </message>
    </context>
    <context>
        <name>JobPane</name>
        <message>
            <source>Replay with changes</source>
            <translation>Reproduzir com mudanças</translation>
        </message>
        <message>
            <source>Open template</source>
            <translation>Abrir modelo de prompt</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Copiar link</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Descartar</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Linha do tempo</translation>
        </message>
        <message>
            <source>Variables</source>
            <translation>Variáveis</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Mensagens</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Saída</translation>
        </message>
        <message>
            <source>The rest of this job is on the server, which cannot be reached.</source>
            <translation>O resto desta execução está no servidor, que não responde.</translation>
        </message>
        <message>
            <source>Cancel job</source>
            <translation>Cancelar execução</translation>
        </message>
        <message>
            <source>Retry</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>How the cost came about</source>
            <translation>Como se chegou ao custo</translation>
        </message>
        <message>
            <source>Run now</source>
            <translation>Executar agora</translation>
        </message>
        <message>
            <source>Change priority or time</source>
            <translation>Mudar prioridade ou horário</translation>
        </message>
    </context>
    <context>
        <name>JobStory</name>
        <message>
            <source>%1 in · %2 out</source>
            <comment>tokens</comment>
            <translation>%1 entram · %2 saem</translation>
        </message>
        <message>
            <source>%1 cached</source>
            <comment>tokens</comment>
            <translation>%1 em cache</translation>
        </message>
        <message>
            <source>%1 reasoning</source>
            <comment>tokens</comment>
            <translation>%1 de raciocínio</translation>
        </message>
        <message>
            <source>first word after %1</source>
            <translation>primeira palavra após %1</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versão</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Tokens</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>nothing, from the cache</source>
            <translation>nada, veio do cache</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Duração</translation>
        </message>
        <message>
            <source>Run by</source>
            <translation>Executada por</translation>
        </message>
        <message>
            <source>Priority</source>
            <translation>Prioridade</translation>
        </message>
        <message>
            <source>Made</source>
            <translation>Criada</translation>
        </message>
        <message>
            <source>Starts at</source>
            <translation>Começa em</translation>
        </message>
        <message>
            <source>Ended with</source>
            <translation>Terminou com</translation>
        </message>
        <message>
            <source>Queued</source>
            <translation>Na fila</translation>
        </message>
        <message>
            <source>priority %1</source>
            <translation>prioridade %1</translation>
        </message>
        <message>
            <source>Attempt %1</source>
            <translation>Tentativa %1</translation>
        </message>
        <message numerus="yes">
            <source>used up its %n attempt(s)</source>
            <translation>
                <numerusform>usou sua %n tentativa</numerusform>
                <numerusform>usou suas %n tentativas</numerusform>
            </translation>
        </message>
        <message>
            <source>Tries again</source>
            <translation>Tenta de novo</translation>
        </message>
        <message>
            <source>%1 × %2 for a million</source>
            <translation>%1 × %2 por milhão</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Entrada</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Saída</translation>
        </message>
        <message>
            <source>Charged</source>
            <translation>Cobrado</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>Preço</translation>
        </message>
        <message>
            <source>from the seed list, not verified yet</source>
            <translation>da lista inicial, ainda não verificado</translation>
        </message>
        <message>
            <source>Waits for its time: %1.</source>
            <translation>Espera seu horário: %1.</translation>
        </message>
        <message>
            <source>Waits for its batch, which is paused.</source>
            <translation>Espera seu lote, que está pausado.</translation>
        </message>
        <message>
            <source>Waits for a place: the plan lets %1 jobs run at a time.</source>
            <translation>Espera uma vaga: o plano deixa %1 execuções correrem ao mesmo tempo.</translation>
        </message>
        <message>
            <source>Waits for a place: your tenant&apos;s limit%1 lets %2 jobs run at a time.</source>
            <translation>Espera uma vaga: o limite da sua organização%1 deixa %2 execuções correrem ao mesmo tempo.</translation>
        </message>
        <message>
            <source>Waits for a place: the server&apos;s limit%1 lets %2 jobs run at a time.</source>
            <translation>Espera uma vaga: o limite do servidor%1 deixa %2 execuções correrem ao mesmo tempo.</translation>
        </message>
        <message>
            <source>Waits for its turn.</source>
            <translation>Espera sua vez.</translation>
        </message>
    </context>
    <context>
        <name>JobsModel</name>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Job</source>
            <translation>Execução</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Run by</source>
            <translation>Executada por</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Tokens</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Duration</source>
            <translation>Duração</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>Idade</translation>
        </message>
        <message>
            <source>Attempts</source>
            <translation>Tentativas</translation>
        </message>
        <message>
            <source>Priority</source>
            <translation>Prioridade</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>Erro</translation>
        </message>
        <message>
            <source>From cache</source>
            <translation>Do cache</translation>
        </message>
        <message>
            <source>Starts at</source>
            <translation>Começa em</translation>
        </message>
        <message>
            <source>Batch</source>
            <translation>Lote</translation>
        </message>
    </context>
    <context>
        <name>JobsNotices</name>
        <message>
            <source>An administrator of your tenant</source>
            <translation>Um administrador da sua organização</translation>
        </message>
        <message>
            <source>The jobs could not be loaded</source>
            <translation>Não foi possível carregar as execuções</translation>
        </message>
        <message>
            <source>No job matches</source>
            <translation>Nenhuma execução corresponde</translation>
        </message>
        <message>
            <source>No dead letters</source>
            <translation>Nenhuma mensagem morta</translation>
        </message>
        <message>
            <source>Jobs that used up their attempts would wait here for you.</source>
            <translation>Execuções que esgotaram as tentativas esperariam você aqui.</translation>
        </message>
        <message>
            <source>No such jobs</source>
            <translation>Nenhuma execução assim</translation>
        </message>
        <message>
            <source>Nothing is in this state now. New ones appear by themselves.</source>
            <translation>Nada está nesta situação agora. As novas aparecem sozinhas.</translation>
        </message>
        <message>
            <source>No jobs yet</source>
            <translation>Ainda não há execuções</translation>
        </message>
        <message>
            <source>Each run of a template appears here as it happens.</source>
            <translation>Cada execução de um prompt aparece aqui na hora.</translation>
        </message>
        <message>
            <source>Open templates</source>
            <translation>Abrir modelos de prompt</translation>
        </message>
        <message>
            <source>%1 jobs, more as you scroll</source>
            <translation>%1 execuções, mais ao rolar</translation>
        </message>
        <message numerus="yes">
            <source>%n job(s)</source>
            <translation>
                <numerusform>%n execução</numerusform>
                <numerusform>%n execuções</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n selecionada</numerusform>
                <numerusform>%n selecionadas</numerusform>
            </translation>
        </message>
        <message>
            <source>as of %1</source>
            <translation>em %1</translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>open</source>
            <translation>abrir</translation>
        </message>
        <message>
            <source>retry</source>
            <translation>tentar de novo</translation>
        </message>
        <message>
            <source>cancel</source>
            <translation>cancelar</translation>
        </message>
        <message>
            <source>filter</source>
            <translation>filtrar</translation>
        </message>
    </context>
    <context>
        <name>JobsPage</name>
        <message>
            <source>Views</source>
            <translation>Visões</translation>
        </message>
        <message>
            <source>Filter by ID, template, model</source>
            <translation>Filtrar por ID, prompt, modelo</translation>
        </message>
        <message>
            <source>Jobs</source>
            <translation>Execuções</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message numerus="yes">
            <source>%n new job(s)</source>
            <translation>
                <numerusform>%n nova execução</numerusform>
                <numerusform>%n novas execuções</numerusform>
            </translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>The job cannot be shown</source>
            <translation>Não foi possível mostrar a execução</translation>
        </message>
        <message>
            <source>Export jobs</source>
            <translation>Exportar execuções</translation>
        </message>
        <message numerus="yes">
            <source>%n job(s) exported</source>
            <translation>
                <numerusform>%n execução exportada</numerusform>
                <numerusform>%n execuções exportadas</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not write %1</source>
            <translation>Não foi possível gravar %1</translation>
        </message>
        <message>
            <source>Filter jobs</source>
            <translation>Filtrar execuções</translation>
        </message>
        <message>
            <source>Every model call, live. Retry, cancel or replay any of them.</source>
            <translation>Todas as chamadas de modelo, ao vivo. Tente de novo, cancele ou reproduza qualquer uma.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportar</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Todas</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>Em execução</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Com falha</translation>
        </message>
        <message>
            <source>Dead letters</source>
            <translation>Fila morta</translation>
        </message>
        <message>
            <source>Mine</source>
            <translation>Minhas</translation>
        </message>
        <message>
            <source>Open details</source>
            <translation>Abrir detalhes</translation>
        </message>
        <message>
            <source>Filter by %1: %2</source>
            <comment>a field and its value</comment>
            <translation>Filtrar por %1: %2</translation>
        </message>
        <message>
            <source>Next or previous job</source>
            <translation>Execução seguinte ou anterior</translation>
        </message>
        <message>
            <source>Select or leave out</source>
            <translation>Selecionar ou deixar de fora</translation>
        </message>
        <message>
            <source>Menu of the job</source>
            <translation>Menu da execução</translation>
        </message>
        <message>
            <source>Close details, clear the selection</source>
            <translation>Fechar detalhes, limpar a seleção</translation>
        </message>
        <message>
            <source>Saved views</source>
            <translation>Visões salvas</translation>
        </message>
        <message>
            <source>Jobs at a time</source>
            <translation>Execuções ao mesmo tempo</translation>
        </message>
        <message>
            <source>Replay all…</source>
            <translation>Reproduzir todas…</translation>
        </message>
        <message>
            <source>Discard all…</source>
            <translation>Descartar todas…</translation>
        </message>
        <message>
            <source>Save this view…</source>
            <translation>Salvar esta visão…</translation>
        </message>
        <message>
            <source>Replay all dead letters that match</source>
            <translation>Reproduzir todas as mensagens mortas que correspondem</translation>
        </message>
        <message>
            <source>Discard all dead letters that match</source>
            <translation>Descartar todas as mensagens mortas que correspondem</translation>
        </message>
        <message numerus="yes">
            <source>%n dead letter(s)</source>
            <comment>discard …</comment>
            <translation>
                <numerusform>%n mensagem morta</numerusform>
                <numerusform>%n mensagens mortas</numerusform>
            </translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Parar</translation>
        </message>
        <message>
            <source>Remove a view</source>
            <translation>Remover uma visão</translation>
        </message>
        <message>
            <source>View removed</source>
            <translation>Visão removida</translation>
        </message>
        <message>
            <source>View saved</source>
            <translation>Visão salva</translation>
        </message>
        <message>
            <source>The limits were saved</source>
            <translation>Os limites foram salvos</translation>
        </message>
    </context>
    <context>
        <name>KeyDialog</name>
        <message>
            <source>Change the key “%1”</source>
            <translation>Alterar a chave “%1”</translation>
        </message>
        <message>
            <source>New gateway key</source>
            <translation>Nova chave do gateway</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Owner</source>
            <translation>Proprietário</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Web shop, production</source>
            <translation>Loja virtual, produção</translation>
        </message>
        <message>
            <source>Which program has it, and where it runs.</source>
            <translation>Que programa a usa e onde ele roda.</translation>
        </message>
        <message>
            <source>Its calls are made in this name, with no more than this person&apos;s rights.</source>
            <translation>As chamadas são feitas em nome desta pessoa, sem mais direitos do que ela tem.</translation>
        </message>
        <message>
            <source>%1 (you)</source>
            <translation>%1 (você)</translation>
        </message>
        <message>
            <source>Save key</source>
            <translation>Salvar chave</translation>
        </message>
        <message>
            <source>Make key</source>
            <translation>Criar chave</translation>
        </message>
    </context>
    <context>
        <name>KeyPane</name>
        <message>
            <source>Owner</source>
            <translation>Proprietário</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Last used</source>
            <translation>Último uso</translation>
        </message>
        <message>
            <source>Never</source>
            <comment>a key was used</comment>
            <translation>Nunca</translation>
        </message>
        <message>
            <source>Expires</source>
            <translation>Expira</translation>
        </message>
        <message>
            <source>Secret before</source>
            <translation>Segredo anterior</translation>
        </message>
        <message>
            <source>good until %1</source>
            <translation>vale até %1</translation>
        </message>
        <message>
            <source>Revoked</source>
            <translation>Revogada</translation>
        </message>
        <message>
            <source>Made</source>
            <comment>a key, when</comment>
            <translation>Criada</translation>
        </message>
        <message>
            <source>%1 tokens in, %2 out</source>
            <translation>%1 tokens de entrada, %2 de saída</translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) failed</source>
            <translation>
                <numerusform>%n chamada falhou</numerusform>
                <numerusform>%n chamadas falharam</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) of models without a price, not in the cost</source>
            <translation>
                <numerusform>%n chamada de modelo sem preço, fora do custo</numerusform>
                <numerusform>%n chamadas de modelos sem preço, fora do custo</numerusform>
            </translation>
        </message>
        <message>
            <source>No calls in the last 30 days.</source>
            <translation>Nenhuma chamada nos últimos 30 dias.</translation>
        </message>
        <message>
            <source>Usage is kept on the server only, which cannot be reached.</source>
            <translation>O uso fica só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Alterar…</translation>
        </message>
        <message>
            <source>Change the key</source>
            <translation>Alterar a chave</translation>
        </message>
        <message>
            <source>Rotate…</source>
            <translation>Trocar…</translation>
        </message>
        <message>
            <source>Give the key another secret</source>
            <translation>Dar outro segredo à chave</translation>
        </message>
        <message>
            <source>Revoke</source>
            <translation>Revogar</translation>
        </message>
        <message>
            <source>Show its calls</source>
            <translation>Mostrar as chamadas dela</translation>
        </message>
        <message>
            <source>The last 30 days</source>
            <translation>Últimos 30 dias</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Chamadas</translation>
        </message>
    </context>
    <context>
        <name>KeyRotationDialog</name>
        <message>
            <source>Give “%1” another secret</source>
            <translation>Dar outro segredo a “%1”</translation>
        </message>
        <message>
            <source>The secret before stays good</source>
            <translation>O segredo anterior continua valendo</translation>
        </message>
        <message>
            <source>Not at all: it has leaked</source>
            <translation>Não: ele vazou</translation>
        </message>
        <message>
            <source>For an hour</source>
            <translation>Por uma hora</translation>
        </message>
        <message>
            <source>For a day</source>
            <translation>Por um dia</translation>
        </message>
        <message>
            <source>For a week</source>
            <translation>Por uma semana</translation>
        </message>
        <message>
            <source>For 30 days</source>
            <translation>Por 30 dias</translation>
        </message>
        <message>
            <source>The key keeps its name, owner, limits and usage. Both secrets are good meanwhile, so that programs can change over one by one.</source>
            <translation>A chave mantém nome, proprietário, limites e uso. Enquanto isso os dois segredos valem, para que os programas mudem um a um.</translation>
        </message>
        <message>
            <source>There is one from an earlier rotation, good until %1. It ends now.</source>
            <translation>Há um de uma troca anterior, válido até %1. Ele acaba agora.</translation>
        </message>
        <message>
            <source>Make another secret</source>
            <translation>Criar outro segredo</translation>
        </message>
    </context>
    <context>
        <name>KeySecretDialog</name>
        <message>
            <source>New secret of “%1”</source>
            <translation>Novo segredo de “%1”</translation>
        </message>
        <message>
            <source>The key “%1” is made</source>
            <translation>A chave “%1” foi criada</translation>
        </message>
        <message>
            <source>Copy it now: it is not shown again, and nobody can read it later, not even the server&apos;s operator.</source>
            <translation>Copie agora: ele não é mostrado de novo, e ninguém pode lê-lo depois, nem o operador do servidor.</translation>
        </message>
        <message>
            <source>Secret</source>
            <translation>Segredo</translation>
        </message>
        <message>
            <source>Keep it where the program finds it, a secret store or an environment variable, and out of source code, tickets and chats. Whoever has it calls models in the name of %1.</source>
            <translation>Guarde onde o programa o encontra, em um cofre de segredos ou uma variável de ambiente, e fora de código-fonte, chamados e conversas. Quem o tem chama modelos em nome de %1.</translation>
        </message>
        <message>
            <source>Copy secret</source>
            <translation>Copiar segredo</translation>
        </message>
        <message>
            <source>It leaves the clipboard after a minute.</source>
            <translation>Ele sai da área de transferência após um minuto.</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Copiado</translation>
        </message>
        <message>
            <source>The secret before is good until %1.</source>
            <translation>O segredo anterior vale até %1.</translation>
        </message>
        <message>
            <source>The secret before is no longer good.</source>
            <translation>O segredo anterior não vale mais.</translation>
        </message>
        <message>
            <source>I have stored it</source>
            <translation>Já guardei</translation>
        </message>
    </context>
    <context>
        <name>Keychain</name>
        <message>
            <source>the keychain does not answer</source>
            <translation>o chaveiro não responde</translation>
        </message>
    </context>
    <context>
        <name>KeysModel</name>
        <message>
            <source>Never</source>
            <comment>a key was used</comment>
            <translation>Nunca</translation>
        </message>
        <message>
            <source>Never</source>
            <comment>a key expires</comment>
            <translation>Nunca</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Owner</source>
            <translation>Proprietário</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Last used</source>
            <translation>Último uso</translation>
        </message>
        <message>
            <source>Expires</source>
            <translation>Expira</translation>
        </message>
        <message>
            <source>Made</source>
            <comment>a key, when</comment>
            <translation>Criada</translation>
        </message>
    </context>
    <context>
        <name>KeysView</name>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Owner</source>
            <translation>Proprietário</translation>
        </message>
        <message>
            <source>Gateway keys</source>
            <translation>Chaves do gateway</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Any owner</source>
            <translation>Qualquer proprietário</translation>
        </message>
        <message>
            <source>An owner of your tenant</source>
            <translation>Um proprietário da sua organização</translation>
        </message>
        <message>
            <source>The keys are not known</source>
            <translation>As chaves não são conhecidas</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>No key matches</source>
            <translation>Nenhuma chave corresponde</translation>
        </message>
        <message>
            <source>No gateway keys yet</source>
            <translation>Nenhuma chave do gateway ainda</translation>
        </message>
        <message>
            <source>With a key, a program calls models through this server, in the name of its owner. What it calls is counted, limited and paid for in one place.</source>
            <translation>Com uma chave, um programa chama modelos por este servidor, em nome do proprietário dela. O que ele chama é contado, limitado e pago em um só lugar.</translation>
        </message>
        <message>
            <source>Make a key</source>
            <translation>Criar uma chave</translation>
        </message>
        <message numerus="yes">
            <source>%n key(s)</source>
            <translation>
                <numerusform>%n chave</numerusform>
                <numerusform>%n chaves</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n key(s)</source>
            <translation>
                <numerusform>%1 de %n chave</numerusform>
                <numerusform>%1 de %n chaves</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 · %n selected</source>
            <translation>
                <numerusform>%1 · %n selecionada</numerusform>
                <numerusform>%1 · %n selecionadas</numerusform>
            </translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>alterar</translation>
        </message>
        <message>
            <source>rotate</source>
            <translation>trocar</translation>
        </message>
        <message>
            <source>revoke</source>
            <translation>revogar</translation>
        </message>
        <message>
            <source>New key</source>
            <translation>Nova chave</translation>
        </message>
        <message>
            <source>Make a gateway key</source>
            <translation>Criar uma chave do gateway</translation>
        </message>
        <message>
            <source>Search name, owner, model</source>
            <translation>Nome, proprietário, modelo</translation>
        </message>
        <message>
            <source>Any status</source>
            <translation>Qualquer situação</translation>
        </message>
        <message>
            <source>Could not rotate “%1”</source>
            <translation>Não foi possível trocar “%1”</translation>
        </message>
        <message>
            <source>ID copied</source>
            <translation>ID copiado</translation>
        </message>
        <message>
            <source>Change key…</source>
            <translation>Alterar chave…</translation>
        </message>
        <message>
            <source>Rotate key…</source>
            <translation>Trocar chave…</translation>
        </message>
        <message>
            <source>Show calls of key</source>
            <translation>Mostrar chamadas da chave</translation>
        </message>
        <message>
            <source>Revoke key</source>
            <translation>Revogar chave</translation>
        </message>
        <message>
            <source>Copy ID</source>
            <translation>Copiar ID</translation>
        </message>
        <message numerus="yes">
            <source>%n key(s) revoked</source>
            <translation>
                <numerusform>%n chave revogada</numerusform>
                <numerusform>%n chaves revogadas</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not revoke “%1”</source>
            <translation>Não foi possível revogar “%1”</translation>
        </message>
        <message>
            <source>Export gateway keys</source>
            <translation>Exportar chaves do gateway</translation>
        </message>
        <message>
            <source>Could not write %1</source>
            <translation>Não foi possível gravar %1</translation>
        </message>
        <message numerus="yes">
            <source>%n key(s) exported</source>
            <translation>
                <numerusform>%n chave exportada</numerusform>
                <numerusform>%n chaves exportadas</numerusform>
            </translation>
        </message>
        <message>
            <source>New gateway key</source>
            <translation>Nova chave do gateway</translation>
        </message>
        <message>
            <source>Search gateway keys</source>
            <translation>Buscar chaves do gateway</translation>
        </message>
        <message>
            <source>Change gateway key</source>
            <translation>Alterar chave do gateway</translation>
        </message>
        <message>
            <source>Rotate gateway key</source>
            <translation>Trocar chave do gateway</translation>
        </message>
        <message>
            <source>Show calls of gateway key</source>
            <translation>Mostrar chamadas da chave do gateway</translation>
        </message>
        <message>
            <source>Revoke gateway key</source>
            <translation>Revogar chave do gateway</translation>
        </message>
        <message>
            <source>Copy ID of gateway key</source>
            <translation>Copiar ID da chave do gateway</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
    </context>
    <context>
        <name>KpiCard</name>
        <message>
            <source>up</source>
            <translation>subiu</translation>
        </message>
        <message>
            <source>down</source>
            <translation>desceu</translation>
        </message>
    </context>
    <context>
        <name>LabelHistoryDialog</name>
        <message>
            <source>History of “%1”</source>
            <translation>Histórico de “%1”</translation>
        </message>
        <message>
            <source>Moves of the label</source>
            <translation>Mudanças do rótulo</translation>
        </message>
        <message>
            <source>Show older</source>
            <translation>Mostrar mais antigas</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Set</source>
            <translation>Definido</translation>
        </message>
        <message>
            <source>Moved</source>
            <translation>Movido</translation>
        </message>
        <message>
            <source>Rolled back</source>
            <translation>Revertido</translation>
        </message>
        <message>
            <source>Removed</source>
            <translation>Removido</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
    </context>
    <context>
        <name>LimitDialog</name>
        <message>
            <source>The whole tenant</source>
            <translation>A organização inteira</translation>
        </message>
        <message>
            <source>All of its calls together.</source>
            <translation>Todas as chamadas juntas.</translation>
        </message>
        <message>
            <source>One key</source>
            <translation>Uma chave</translation>
        </message>
        <message>
            <source>The calls made with this key.</source>
            <translation>As chamadas feitas com esta chave.</translation>
        </message>
        <message>
            <source>Each key</source>
            <translation>Cada chave</translation>
        </message>
        <message>
            <source>Every key by itself, also those to come.</source>
            <translation>Cada chave por si, também as que vierem.</translation>
        </message>
        <message>
            <source>One person</source>
            <translation>Uma pessoa</translation>
        </message>
        <message>
            <source>The calls made with all of their keys together.</source>
            <translation>As chamadas feitas com todas as chaves da pessoa juntas.</translation>
        </message>
        <message>
            <source>Each person</source>
            <translation>Cada pessoa</translation>
        </message>
        <message>
            <source>Everybody by themselves, with all of their keys.</source>
            <translation>Cada pessoa por si, com todas as suas chaves.</translation>
        </message>
        <message>
            <source>One model, or all of a provider</source>
            <translation>Um modelo, ou todos de um provedor</translation>
        </message>
        <message>
            <source>Whoever calls it. provider/* counts all models of a provider together.</source>
            <translation>Quem quer que o chame. provedor/* conta juntos todos os modelos de um provedor.</translation>
        </message>
        <message>
            <source>Each model</source>
            <translation>Cada modelo</translation>
        </message>
        <message>
            <source>Every model by itself, whoever calls it.</source>
            <translation>Cada modelo por si, quem quer que o chame.</translation>
        </message>
        <message>
            <source>Change a limit</source>
            <translation>Alterar um limite</translation>
        </message>
        <message>
            <source>New limit</source>
            <translation>Novo limite</translation>
        </message>
        <message>
            <source>Who or what</source>
            <translation>De quem ou de quê</translation>
        </message>
        <message>
            <source>Which</source>
            <translation>Qual</translation>
        </message>
        <message>
            <source>What is counted</source>
            <translation>O que é contado</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>No máximo</translation>
        </message>
        <message>
            <source>Save limit</source>
            <translation>Salvar limite</translation>
        </message>
        <message>
            <source>Add limit</source>
            <translation>Adicionar limite</translation>
        </message>
        <message>
            <source>There is none yet</source>
            <translation>Ainda não há nenhum</translation>
        </message>
        <message>
            <source>Type a part of the name</source>
            <translation>Digite parte do nome</translation>
        </message>
        <message>
            <source>A whole number up to %1.</source>
            <translation>Um número inteiro até %1.</translation>
        </message>
        <message>
            <source>Nothing gets through.</source>
            <translation>Nada passa.</translation>
        </message>
        <message>
            <source>Nought lets nothing through.</source>
            <translation>Zero não deixa passar nada.</translation>
        </message>
    </context>
    <context>
        <name>LimitLooks</name>
        <message>
            <source>The whole tenant</source>
            <translation>A organização inteira</translation>
        </message>
        <message>
            <source>Key “%1”</source>
            <translation>Chave “%1”</translation>
        </message>
        <message>
            <source>Each key</source>
            <translation>Cada chave</translation>
        </message>
        <message>
            <source>Each person</source>
            <translation>Cada pessoa</translation>
        </message>
        <message>
            <source>Each model</source>
            <translation>Cada modelo</translation>
        </message>
        <message>
            <source>Requests a minute</source>
            <translation>Requisições por minuto</translation>
        </message>
        <message>
            <source>Tokens a minute</source>
            <translation>Tokens por minuto</translation>
        </message>
        <message>
            <source>Requests at once</source>
            <translation>Requisições simultâneas</translation>
        </message>
        <message>
            <source>%1 at once</source>
            <comment>requests</comment>
            <translation>%1 simultâneas</translation>
        </message>
        <message>
            <source>%1 a minute</source>
            <comment>requests or tokens</comment>
            <translation>%1 por minuto</translation>
        </message>
        <message>
            <source>%1 requests a minute</source>
            <translation>%1 requisições por minuto</translation>
        </message>
        <message>
            <source>%1 tokens a minute</source>
            <translation>%1 tokens por minuto</translation>
        </message>
        <message>
            <source>%1 requests at once</source>
            <translation>%1 requisições simultâneas</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>whose limit, and how much</comment>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>what is used of a limit</comment>
            <translation>%1 de %2</translation>
        </message>
    </context>
    <context>
        <name>LimitsForm</name>
        <message>
            <source>People at most</source>
            <translation>Pessoas no máximo</translation>
        </message>
        <message>
            <source>Templates at most</source>
            <translation>Modelos no máximo</translation>
        </message>
        <message>
            <source>Jobs a day</source>
            <translation>Execuções por dia</translation>
        </message>
        <message>
            <source>Waiting jobs</source>
            <translation>Execuções em espera</translation>
        </message>
        <message>
            <source>A whole number, or nothing.</source>
            <translation>Um número inteiro, ou nada.</translation>
        </message>
    </context>
    <context>
        <name>LimitsModel</name>
        <message>
            <source>each by itself</source>
            <translation>cada um por si</translation>
        </message>
        <message>
            <source>Who or what</source>
            <translation>De quem ou de quê</translation>
        </message>
        <message>
            <source>Counts</source>
            <translation>Conta</translation>
        </message>
        <message>
            <source>At most</source>
            <translation>No máximo</translation>
        </message>
        <message>
            <source>Used now</source>
            <translation>Em uso agora</translation>
        </message>
        <message>
            <source>Since</source>
            <comment>it was made</comment>
            <translation>Desde</translation>
        </message>
    </context>
    <context>
        <name>LimitsView</name>
        <message>
            <source>Who or what</source>
            <translation>De quem ou de quê</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Limites</translation>
        </message>
        <message>
            <source>Change limit</source>
            <translation>Alterar limite</translation>
        </message>
        <message>
            <source>Show what it refused</source>
            <translation>Mostrar o que recusou</translation>
        </message>
        <message>
            <source>Remove limit</source>
            <translation>Remover limite</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>The limits are not known</source>
            <translation>Os limites não são conhecidos</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Eles ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>No limit matches</source>
            <translation>Nenhum limite corresponde</translation>
        </message>
        <message>
            <source>No limits yet</source>
            <translation>Ainda não há limites</translation>
        </message>
        <message>
            <source>A limit says how many requests or tokens a minute the gateway lets through, or how many requests at once: for the whole tenant, a key, a person or a model. What is above it is refused, and the program is told when to try again.</source>
            <translation>Um limite diz quantas requisições ou tokens por minuto o gateway deixa passar, ou quantas requisições simultâneas: da organização inteira, de uma chave, de uma pessoa ou de um modelo. O que passa disso é recusado, e o programa fica sabendo quando tentar de novo.</translation>
        </message>
        <message>
            <source>Add limit</source>
            <translation>Adicionar limite</translation>
        </message>
        <message numerus="yes">
            <source>%n limit(s)</source>
            <translation>
                <numerusform>%n limite</numerusform>
                <numerusform>%n limites</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n limit(s)</source>
            <translation>
                <numerusform>%1 de %n limite</numerusform>
                <numerusform>%1 de %n limites</numerusform>
            </translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>alterar</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>what it refused</source>
            <translation>o que recusou</translation>
        </message>
        <message>
            <source>Limit removed</source>
            <translation>Limite removido</translation>
        </message>
        <message>
            <source>The limit could not be removed</source>
            <translation>Não foi possível remover o limite</translation>
        </message>
        <message>
            <source>Show what the limit refused</source>
            <translation>Mostrar o que o limite recusou</translation>
        </message>
        <message>
            <source>Search limits</source>
            <translation>Buscar limites</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>New limit</source>
            <translation>Novo limite</translation>
        </message>
        <message>
            <source>Make a limit</source>
            <translation>Criar um limite</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>All limits</source>
            <translation>Todos os limites</translation>
        </message>
        <message>
            <source>Of the whole tenant</source>
            <translation>Da organização inteira</translation>
        </message>
        <message>
            <source>Of keys</source>
            <translation>De chaves</translation>
        </message>
        <message>
            <source>Of people</source>
            <translation>De pessoas</translation>
        </message>
        <message>
            <source>Of models</source>
            <translation>De modelos</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>This link leads nowhere here</source>
            <translation>Este link não leva a nada aqui</translation>
        </message>
        <message>
            <source>Use the light theme</source>
            <translation>Usar o tema claro</translation>
        </message>
        <message>
            <source>Use the dark theme</source>
            <translation>Usar o tema escuro</translation>
        </message>
        <message>
            <source>Larger text</source>
            <translation>Texto maior</translation>
        </message>
        <message>
            <source>Smaller text</source>
            <translation>Texto menor</translation>
        </message>
        <message>
            <source>Normal text size</source>
            <translation>Tamanho normal do texto</translation>
        </message>
        <message>
            <source>About Patio</source>
            <translation>Sobre o Patio</translation>
        </message>
        <message>
            <source>Quit Patio</source>
            <translation>Sair do Patio</translation>
        </message>
        <message>
            <source>Search or run a command</source>
            <translation>Buscar ou executar um comando</translation>
        </message>
        <message>
            <source>Keyboard shortcuts</source>
            <translation>Atalhos do teclado</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Configurações</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Voltar</translation>
        </message>
        <message>
            <source>Forward</source>
            <translation>Avançar</translation>
        </message>
        <message>
            <source>Collapse or show the navigation</source>
            <translation>Recolher ou mostrar a navegação</translation>
        </message>
        <message>
            <source>Switch tenant</source>
            <translation>Trocar de organização</translation>
        </message>
        <message>
            <source>Next part of the window</source>
            <translation>Próxima parte da janela</translation>
        </message>
        <message>
            <source>Previous part of the window</source>
            <translation>Parte anterior da janela</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Desfazer</translation>
        </message>
        <message>
            <source>Sign out</source>
            <translation>Encerrar a sessão</translation>
        </message>
        <message>
            <source>Go to %1</source>
            <translation>Ir para %1</translation>
        </message>
        <message>
            <source>Suggested</source>
            <translation>Sugestões</translation>
        </message>
        <message>
            <source>Go to</source>
            <translation>Ir para</translation>
        </message>
        <message>
            <source>Actions</source>
            <translation>Ações</translation>
        </message>
    </context>
    <context>
        <name>MassActionDialog</name>
        <message>
            <source>Replay all dead letters</source>
            <translation>Reproduzir todas as mensagens mortas</translation>
        </message>
        <message>
            <source>Discard all dead letters</source>
            <translation>Descartar todas as mensagens mortas</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Motivo</translation>
        </message>
        <message>
            <source>Kept with the history, so that others know why the jobs were given up.</source>
            <translation>Fica no histórico, para que outros saibam por que as execuções foram abandonadas.</translation>
        </message>
        <message>
            <source>How many there are is not known: %1</source>
            <translation>Não se sabe quantas são: %1</translation>
        </message>
        <message>
            <source>Counting… %1 so far</source>
            <translation>Contando… %1 até agora</translation>
        </message>
        <message>
            <source>More than %1 dead letters match the filter.</source>
            <translation>Mais de %1 mensagens mortas correspondem ao filtro.</translation>
        </message>
        <message>
            <source>There are more than %1 dead letters.</source>
            <translation>Há mais de %1 mensagens mortas.</translation>
        </message>
        <message numerus="yes">
            <source>%n dead letter(s) match the filter.</source>
            <translation>
                <numerusform>%n mensagem morta corresponde ao filtro.</numerusform>
                <numerusform>%n mensagens mortas correspondem ao filtro.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>There are %n dead letter(s).</source>
            <translation>
                <numerusform>Há %n mensagem morta.</numerusform>
                <numerusform>Há %n mensagens mortas.</numerusform>
            </translation>
        </message>
        <message>
            <source>Each is queued again as it was, and costs what its calls cost.</source>
            <translation>Cada uma volta à fila como era e custa o que suas chamadas custarem.</translation>
        </message>
        <message>
            <source>They cannot be brought back.</source>
            <translation>Elas não podem ser recuperadas.</translation>
        </message>
        <message>
            <source>Replay all</source>
            <translation>Reproduzir todas</translation>
        </message>
        <message>
            <source>Discard all</source>
            <translation>Descartar todas</translation>
        </message>
        <message numerus="yes">
            <source>Replay %n job(s)</source>
            <translation>
                <numerusform>Reproduzir %n execução</numerusform>
                <numerusform>Reproduzir %n execuções</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Discard %n job(s)</source>
            <translation>
                <numerusform>Descartar %n execução</numerusform>
                <numerusform>Descartar %n execuções</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MassActions</name>
        <message>
            <source>Stopped</source>
            <translation>Parado</translation>
        </message>
        <message numerus="yes">
            <source>%n dead letter(s) queued again</source>
            <translation>
                <numerusform>%n mensagem morta de volta à fila</numerusform>
                <numerusform>%n mensagens mortas de volta à fila</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n dead letter(s) discarded</source>
            <translation>
                <numerusform>%n mensagem morta descartada</numerusform>
                <numerusform>%n mensagens mortas descartadas</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 of %2 were done</source>
            <translation>%1 de %2 foram feitas</translation>
        </message>
        <message numerus="yes">
            <source>%n had become something else</source>
            <translation>
                <numerusform>%n já era outra coisa</numerusform>
                <numerusform>%n já eram outra coisa</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not replay the dead letters</source>
            <translation>Não foi possível reproduzir as mensagens mortas</translation>
        </message>
        <message>
            <source>Could not discard the dead letters</source>
            <translation>Não foi possível descartar as mensagens mortas</translation>
        </message>
        <message>
            <source>Could not stop it</source>
            <translation>Não foi possível parar</translation>
        </message>
        <message>
            <source>Dead letters are queued again: %1 of %2</source>
            <translation>Mensagens mortas voltam à fila: %1 de %2</translation>
        </message>
        <message>
            <source>Dead letters are discarded: %1 of %2</source>
            <translation>Mensagens mortas são descartadas: %1 de %2</translation>
        </message>
    </context>
    <context>
        <name>MatrixModel</name>
        <message>
            <source>%1/%2</source>
            <comment>answers that passed</comment>
            <translation>%1/%2</translation>
        </message>
        <message>
            <source>score %1</source>
            <translation>nota %1</translation>
        </message>
        <message>
            <source>%1 of %2 answers passed</source>
            <translation>%1 de %2 respostas aprovadas</translation>
        </message>
        <message>
            <source>before %1</source>
            <translation>antes %1</translation>
        </message>
        <message>
            <source>Case %1: %2</source>
            <translation>Caso %1: %2</translation>
        </message>
        <message>
            <source>Case</source>
            <translation>Caso</translation>
        </message>
        <message>
            <source>%1 of %2 passed</source>
            <translation>%1 de %2 aprovadas</translation>
        </message>
        <message numerus="yes">
            <source>%n regression(s)</source>
            <translation>
                <numerusform>%n regressão</numerusform>
                <numerusform>%n regressões</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n improvement(s)</source>
            <translation>
                <numerusform>%n melhora</numerusform>
                <numerusform>%n melhoras</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MergeDialog</name>
        <message>
            <source>Version %1 was saved meanwhile</source>
            <translation>A versão %1 foi salva nesse meio-tempo</translation>
        </message>
        <message>
            <source>%1 saved it %2 ago.</source>
            <translation>%1 a salvou há %2.</translation>
        </message>
        <message>
            <source>%1 saved it %2 ago: “%3”.</source>
            <translation>%1 a salvou há %2: “%3”.</translation>
        </message>
        <message>
            <source>Choose for each part what becomes of it. Your text stays a draft until it is saved.</source>
            <translation>Escolha, para cada parte, o que fica. Seu texto continua como rascunho até ser salvo.</translation>
        </message>
        <message>
            <source>Discard mine and take version %1</source>
            <translation>Descartar o meu e ficar com a versão %1</translation>
        </message>
        <message>
            <source>Go on editing</source>
            <translation>Continuar editando</translation>
        </message>
        <message>
            <source>Save as version %1</source>
            <translation>Salvar como versão %1</translation>
        </message>
        <message>
            <source>System prompt</source>
            <translation>Prompt de sistema</translation>
        </message>
        <message>
            <source>User prompt</source>
            <translation>Prompt do usuário</translation>
        </message>
        <message>
            <source>Examples</source>
            <translation>Exemplos</translation>
        </message>
        <message>
            <source>Variables</source>
            <translation>Variáveis</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parâmetros</translation>
        </message>
        <message>
            <source>only %1 changed it</source>
            <translation>só %1 mudou</translation>
        </message>
        <message>
            <source>only you changed it</source>
            <translation>só você mudou</translation>
        </message>
        <message>
            <source>both changed it</source>
            <translation>ambos mudaram</translation>
        </message>
        <message>
            <source>What becomes of: %1</source>
            <translation>O que fica de: %1</translation>
        </message>
        <message>
            <source>Theirs</source>
            <translation>Deles</translation>
        </message>
        <message>
            <source>Mine</source>
            <translation>Meu</translation>
        </message>
        <message>
            <source>Edit both</source>
            <translation>Editar os dois</translation>
        </message>
        <message>
            <source>%1, merged</source>
            <translation>%1, mesclado</translation>
        </message>
        <message>
            <source>Both changes are in it.</source>
            <translation>As duas mudanças estão nele.</translation>
        </message>
        <message>
            <source>It begins with yours.</source>
            <translation>Começa com o seu.</translation>
        </message>
        <message>
            <source>Base, v%1</source>
            <translation>Base, v%1</translation>
        </message>
        <message>
            <source>Base</source>
            <translation>Base</translation>
        </message>
        <message>
            <source>Theirs, v%1</source>
            <translation>Deles, v%1</translation>
        </message>
        <message numerus="yes">
            <source>%n part(s) still to be decided</source>
            <translation>
                <numerusform>falta decidir %n parte</numerusform>
                <numerusform>falta decidir %n partes</numerusform>
            </translation>
        </message>
        <message>
            <source>All parts are decided.</source>
            <translation>Todas as partes estão decididas.</translation>
        </message>
    </context>
    <context>
        <name>MessageActions</name>
        <message>
            <source>React with 👍</source>
            <translation>Reagir com 👍</translation>
        </message>
        <message>
            <source>React with 👀</source>
            <translation>Reagir com 👀</translation>
        </message>
        <message>
            <source>React with ✅</source>
            <translation>Reagir com ✅</translation>
        </message>
        <message>
            <source>Quote</source>
            <translation>Citar</translation>
        </message>
        <message>
            <source>Reply in thread</source>
            <translation>Responder na conversa</translation>
        </message>
        <message>
            <source>More actions</source>
            <translation>Mais ações</translation>
        </message>
    </context>
    <context>
        <name>MessageComposer</name>
        <message>
            <source>Save</source>
            <translation>Salvar</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>Enviar</translation>
        </message>
        <message>
            <source>%1 characters too many: a message holds at most %2. Send it in parts.</source>
            <translation>%1 caracteres a mais: uma mensagem tem no máximo %2. Envie em partes.</translation>
        </message>
        <message>
            <source>You are changing a message. Escape leaves it as it was.</source>
            <translation>Você está alterando uma mensagem. Esc a deixa como estava.</translation>
        </message>
        <message>
            <source>Answers %1: %2</source>
            <translation>Responde a %1: %2</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>Mensagem</translation>
        </message>
        <message>
            <source>Stop changing</source>
            <translation>Parar de alterar</translation>
        </message>
        <message>
            <source>Do not answer</source>
            <translation>Não responder</translation>
        </message>
        <message>
            <source>Attach a file</source>
            <translation>Anexar um arquivo</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Código</translation>
        </message>
        <message>
            <source>Mention somebody</source>
            <translation>Mencionar alguém</translation>
        </message>
        <message>
            <source>Emoji</source>
            <translation>Emoji</translation>
        </message>
        <message>
            <source>Use a template</source>
            <translation>Usar um modelo</translation>
        </message>
        <message>
            <source>send</source>
            <translation>enviar</translation>
        </message>
        <message>
            <source>new line</source>
            <translation>nova linha</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Parar</translation>
        </message>
    </context>
    <context>
        <name>MessageQuery</name>
        <message>
            <source>from: nobody here is called “%1”</source>
            <translation>from: ninguém aqui se chama “%1”</translation>
        </message>
        <message>
            <source>in: you are in no channel called “%1”</source>
            <translation>in: você não está em nenhum canal chamado “%1”</translation>
        </message>
        <message>
            <source>has: “%1” is none of link, code, file, reaction, thread and pin</source>
            <translation>has: “%1” não é link, code, file, reaction, thread nem pin</translation>
        </message>
        <message>
            <source>%1: “%2” is no day; write it as 2026-03-01</source>
            <translation>%1: “%2” não é um dia; escreva como 2026-03-01</translation>
        </message>
    </context>
    <context>
        <name>MessagesDialog</name>
        <message>
            <source>Messages</source>
            <translation>Mensagens</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Go to message</source>
            <translation>Ir para a mensagem</translation>
        </message>
        <message>
            <source>Search messages</source>
            <translation>Buscar mensagens</translation>
        </message>
        <message>
            <source>Search in %1</source>
            <translation>Buscar em %1</translation>
        </message>
        <message>
            <source>Words, from: in: before: after: has:</source>
            <translation>Palavras, from: in: before: after: has:</translation>
        </message>
        <message>
            <source>“in quotes” finds words in a row; from:&quot;Ana Prado&quot; in:help before:2026-03-01 has:link narrow it down.</source>
            <translation>“entre aspas” encontra palavras seguidas; from:&quot;Ana Prado&quot; in:ajuda before:2026-03-01 has:link filtram.</translation>
        </message>
        <message>
            <source>Pinned in %1</source>
            <translation>Fixadas em %1</translation>
        </message>
        <message>
            <source>Nothing is pinned here yet. P pins the message that the keyboard is at.</source>
            <translation>Nada foi fixado aqui ainda. P fixa a mensagem em que o teclado está.</translation>
        </message>
        <message>
            <source>Searching…</source>
            <translation>Buscando…</translation>
        </message>
        <message>
            <source>No message matches. Fewer words or filters find more.</source>
            <translation>Nenhuma mensagem corresponde. Menos palavras ou filtros encontram mais.</translation>
        </message>
        <message numerus="yes">
            <source>%n found so far, more as you scroll</source>
            <translation>
                <numerusform>%n encontrada até agora, mais ao rolar</numerusform>
                <numerusform>%n encontradas até agora, mais ao rolar</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n encontrada</numerusform>
                <numerusform>%n encontradas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ModelChoice</name>
        <message>
            <source>Find a model</source>
            <translation>Encontrar um modelo</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>%1: all of this provider, also new ones</source>
            <translation>%1: todos deste provedor, também os novos</translation>
        </message>
        <message>
            <source>Nothing ticked: all that the owner may use, also models to come.</source>
            <translation>Nada marcado: todos que o proprietário pode usar, também os que vierem.</translation>
        </message>
        <message>
            <source>Only %1</source>
            <translation>Só %1</translation>
        </message>
    </context>
    <context>
        <name>ModelPicker</name>
        <message>
            <source>A demo model: its price is a sample, and nobody pays it.</source>
            <translation>Um modelo de demonstração: o preço é um exemplo, e ninguém o paga.</translation>
        </message>
        <message>
            <source>No price is known for this model: its tokens are counted, its cost is not.</source>
            <translation>Nenhum preço é conhecido para este modelo: os tokens são contados, o custo não.</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parâmetros</translation>
        </message>
        <message>
            <source>%1 (no key here)</source>
            <translation>%1 (sem chave aqui)</translation>
        </message>
        <message>
            <source>The server has no key for the provider of %1.</source>
            <translation>O servidor não tem chave para o provedor de %1.</translation>
        </message>
        <message>
            <source>A number from 0 to 2</source>
            <translation>Um número de 0 a 2</translation>
        </message>
        <message>
            <source>A number from 0 to 1</source>
            <translation>Um número de 0 a 1</translation>
        </message>
        <message>
            <source>A whole number from 1 to 1,000,000</source>
            <translation>Um número inteiro de 1 a 1.000.000</translation>
        </message>
        <message>
            <source>At most four</source>
            <translation>No máximo quatro</translation>
        </message>
        <message>
            <source>This is not a JSON object</source>
            <translation>Isto não é um objeto JSON</translation>
        </message>
        <message>
            <source>Temperature</source>
            <translation>Temperatura</translation>
        </message>
        <message>
            <source>Most tokens</source>
            <translation>Máximo de tokens</translation>
        </message>
        <message>
            <source>Stop at</source>
            <translation>Parar em</translation>
        </message>
        <message>
            <source>Response format</source>
            <translation>Formato da resposta</translation>
        </message>
        <message>
            <source>provider&apos;s default</source>
            <translation>padrão do provedor</translation>
        </message>
        <message>
            <source>END | \n\n</source>
            <translation>FIM | \n\n</translation>
        </message>
    </context>
    <context>
        <name>MoveLabelDialog</name>
        <message>
            <source>run %1</source>
            <translation>execução %1</translation>
        </message>
        <message>
            <source>cases %1</source>
            <translation>casos %1</translation>
        </message>
        <message>
            <source>New label of “%1”</source>
            <translation>Novo rótulo de “%1”</translation>
        </message>
        <message>
            <source>Move “%1” of “%2”</source>
            <translation>Mover “%1” de “%2”</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versão</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>Por quê</translation>
        </message>
        <message>
            <source>One line for the history of the label. May stay empty.</source>
            <translation>Uma linha para o histórico do rótulo. Pode ficar vazia.</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Rótulo</translation>
        </message>
        <message>
            <source>Small letters, digits and hyphens. Programs ask for the template by it.</source>
            <translation>Letras minúsculas, dígitos e hífens. Programas pedem o template por ele.</translation>
        </message>
        <message>
            <source>Set label</source>
            <translation>Definir rótulo</translation>
        </message>
        <message>
            <source>Move label</source>
            <translation>Mover rótulo</translation>
        </message>
        <message>
            <source>%1: v%2</source>
            <translation>%1: v%2</translation>
        </message>
        <message>
            <source>%1 stands at v%2 already</source>
            <translation>%1 já está na v%2</translation>
        </message>
        <message>
            <source>%1: v%2 → v%3</source>
            <translation>%1: v%2 → v%3</translation>
        </message>
        <message>
            <source>Somebody has moved the label meanwhile. Look at where it stands now.</source>
            <translation>Alguém moveu o rótulo nesse meio-tempo. Veja onde ele está agora.</translation>
        </message>
    </context>
    <context>
        <name>Navigation</name>
        <message>
            <source>“%1” is no longer open to you</source>
            <translation>“%1” não está mais disponível para você</translation>
        </message>
        <message>
            <source>What you may do in this tenant was changed. An owner of it can tell you why.</source>
            <translation>O que você pode fazer nesta organização foi alterado. Um proprietário dela pode explicar o motivo.</translation>
        </message>
    </context>
    <context>
        <name>NetworkError</name>
        <message>
            <source>No server is called “%1”. Check the address.</source>
            <translation>Nenhum servidor se chama “%1”. Confira o endereço.</translation>
        </message>
        <message>
            <source>Nothing answers at %1. Check the port, and that the server runs.</source>
            <translation>Nada responde em %1. Confira a porta e se o servidor está no ar.</translation>
        </message>
        <message>
            <source>No secure connection to %1 could be made.</source>
            <translation>Não foi possível fazer uma conexão segura com %1.</translation>
        </message>
        <message>
            <source>The certificate of %1 cannot be trusted: %2</source>
            <translation>O certificado de %1 não é confiável: %2</translation>
        </message>
        <message>
            <source>%1 took too long to answer.</source>
            <translation>%1 demorou demais para responder.</translation>
        </message>
        <message>
            <source>%1 broke off the connection.</source>
            <translation>%1 interrompeu a conexão.</translation>
        </message>
        <message>
            <source>What answers at %1 is not a Patio server.</source>
            <translation>O que responde em %1 não é um servidor Patio.</translation>
        </message>
        <message>
            <source>%1 cannot be reached: %2</source>
            <translation>%1 não pode ser alcançado: %2</translation>
        </message>
        <message>
            <source>No connection</source>
            <translation>Sem conexão</translation>
        </message>
        <message>
            <source>The answer, with status %1, is not from a Patio server.</source>
            <translation>A resposta, com status %1, não é de um servidor Patio.</translation>
        </message>
        <message>
            <source>The server sent something unexpected: %1</source>
            <translation>O servidor enviou algo inesperado: %1</translation>
        </message>
        <message>
            <source>Not understood</source>
            <translation>Não entendido</translation>
        </message>
    </context>
    <context>
        <name>NewTemplateDialog</name>
        <message>
            <source>New template</source>
            <translation>Novo modelo de prompt</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Pasta</translation>
        </message>
        <message>
            <source>Start with</source>
            <translation>Começar com</translation>
        </message>
        <message>
            <source>support/refunds</source>
            <translation>suporte/reembolsos</translation>
        </message>
        <message>
            <source>Create template</source>
            <translation>Criar modelo de prompt</translation>
        </message>
    </context>
    <context>
        <name>OneTimeLinkDialog</name>
        <message>
            <source>Choose your password</source>
            <translation>Escolha sua senha</translation>
        </message>
        <message>
            <source>Link</source>
            <translation>Link</translation>
        </message>
        <message>
            <source>E-mail</source>
            <translation>E-mail</translation>
        </message>
        <message>
            <source>Your name</source>
            <translation>Seu nome</translation>
        </message>
        <message>
            <source>New password</source>
            <translation>Nova senha</translation>
        </message>
        <message>
            <source>New password once more</source>
            <translation>Nova senha mais uma vez</translation>
        </message>
        <message>
            <source>Whoever invited you or looks after your account gave it to you. It is good once.</source>
            <translation>Quem convidou você ou cuida da sua conta o entregou. Ele vale uma vez.</translation>
        </message>
        <message>
            <source>12 characters or more.</source>
            <translation>12 caracteres ou mais.</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>This is no such link. It begins with patio://</source>
            <translation>Este não é um link assim. Ele começa com patio://</translation>
        </message>
        <message>
            <source>You become the first operator of %1.</source>
            <translation>Você se torna o primeiro operador de %1.</translation>
        </message>
        <message>
            <source>You are invited to %1 on %2.</source>
            <comment>a tenant and a server</comment>
            <translation>Você foi convidado para %1 em %2.</translation>
        </message>
        <message>
            <source>You choose another password for %1 on %2. You are signed out everywhere.</source>
            <comment>an e-mail address and a server</comment>
            <translation>Você escolhe outra senha para %1 em %2. Todas as suas sessões terminam.</translation>
        </message>
        <message>
            <source>This is not the same.</source>
            <translation>Não é a mesma.</translation>
        </message>
        <message>
            <source>Patio on %1</source>
            <translation>Patio em %1</translation>
        </message>
    </context>
    <context>
        <name>OutputsCompare</name>
        <message>
            <source>Case %1 · %2</source>
            <translation>Caso %1 · %2</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>answer %1</source>
            <translation>resposta %1</translation>
        </message>
        <message>
            <source>score %1</source>
            <translation>nota %1</translation>
        </message>
        <message>
            <source>Expected output</source>
            <translation>Saída esperada</translation>
        </message>
        <message>
            <source>Baseline</source>
            <translation>Referência</translation>
        </message>
        <message>
            <source>No difference</source>
            <translation>Nenhuma diferença</translation>
        </message>
        <message>
            <source>−%1 +%2 lines</source>
            <translation>−%1 +%2 linhas</translation>
        </message>
        <message>
            <source>Back to the matrix</source>
            <translation>Voltar à matriz</translation>
        </message>
        <message>
            <source>Output on the left</source>
            <translation>Saída à esquerda</translation>
        </message>
        <message>
            <source>Output on the right</source>
            <translation>Saída à direita</translation>
        </message>
        <message>
            <source>How they are shown</source>
            <translation>Como são mostradas</translation>
        </message>
        <message>
            <source>Side by side</source>
            <translation>Lado a lado</translation>
        </message>
        <message>
            <source>Unified</source>
            <translation>Unificada</translation>
        </message>
    </context>
    <context>
        <name>PatternList</name>
        <message>
            <source>%1 %2</source>
            <comment>name of a list, number of a line</comment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>Remove pattern %1</source>
            <translation>Remover o padrão %1</translation>
        </message>
    </context>
    <context>
        <name>PeopleDialog</name>
        <message>
            <source>Find by name</source>
            <translation>Buscar por nome</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Pessoas</translation>
        </message>
        <message numerus="yes">
            <source>%n can be chosen at most.</source>
            <translation>
                <numerusform>%n pode ser escolhida no máximo.</numerusform>
                <numerusform>%n podem ser escolhidas no máximo.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nobody is found by this name.</source>
            <translation>Ninguém foi encontrado com esse nome.</translation>
        </message>
        <message>
            <source>Space chooses, typing above narrows the list.</source>
            <translation>Espaço escolhe; digitar acima filtra a lista.</translation>
        </message>
    </context>
    <context>
        <name>PermissionDirectory</name>
        <message>
            <source>Everyone</source>
            <translation>Todos</translation>
        </message>
        <message>
            <source>a role that is gone</source>
            <translation>uma função que não existe mais</translation>
        </message>
        <message>
            <source>a person who is gone</source>
            <translation>uma pessoa que não existe mais</translation>
        </message>
        <message>
            <source>Gateway key %1</source>
            <translation>Chave de gateway %1</translation>
        </message>
    </context>
    <context>
        <name>PermissionWords</name>
        <message>
            <source>Tenants</source>
            <comment>a subject</comment>
            <translation>Organizações</translation>
        </message>
        <message>
            <source>People</source>
            <comment>a subject</comment>
            <translation>Pessoas</translation>
        </message>
        <message>
            <source>Sessions</source>
            <comment>a subject</comment>
            <translation>Sessões</translation>
        </message>
        <message>
            <source>Templates</source>
            <comment>a subject</comment>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Jobs</source>
            <comment>a subject</comment>
            <translation>Execuções</translation>
        </message>
        <message>
            <source>Usage</source>
            <comment>a subject</comment>
            <translation>Uso</translation>
        </message>
        <message>
            <source>Prices</source>
            <comment>a subject</comment>
            <translation>Preços</translation>
        </message>
        <message>
            <source>Provider keys</source>
            <comment>a subject</comment>
            <translation>Chaves de provedores</translation>
        </message>
        <message>
            <source>Roles</source>
            <comment>a subject</comment>
            <translation>Funções</translation>
        </message>
        <message>
            <source>Rules</source>
            <comment>a subject</comment>
            <translation>Regras</translation>
        </message>
        <message>
            <source>Settings</source>
            <comment>a subject</comment>
            <translation>Configurações</translation>
        </message>
        <message>
            <source>Audit log</source>
            <comment>a subject</comment>
            <translation>Registro de auditoria</translation>
        </message>
        <message>
            <source>everything</source>
            <comment>an action</comment>
            <translation>tudo</translation>
        </message>
        <message>
            <source>see</source>
            <comment>an action</comment>
            <translation>ver</translation>
        </message>
        <message>
            <source>add</source>
            <comment>an action</comment>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <comment>an action</comment>
            <translation>alterar</translation>
        </message>
        <message>
            <source>remove</source>
            <comment>an action</comment>
            <translation>remover</translation>
        </message>
        <message>
            <source>publish</source>
            <comment>an action</comment>
            <translation>publicar</translation>
        </message>
        <message>
            <source>cancel</source>
            <comment>an action</comment>
            <translation>cancelar</translation>
        </message>
        <message>
            <source>run again</source>
            <comment>an action</comment>
            <translation>executar de novo</translation>
        </message>
        <message>
            <source>discard</source>
            <comment>an action</comment>
            <translation>descartar</translation>
        </message>
        <message>
            <source>export</source>
            <comment>an action</comment>
            <translation>exportar</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <comment>a subject and an action</comment>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>is</source>
            <comment>a test</comment>
            <translation>é</translation>
        </message>
        <message>
            <source>is not</source>
            <comment>a test</comment>
            <translation>não é</translation>
        </message>
        <message>
            <source>is one of</source>
            <comment>a test</comment>
            <translation>é um de</translation>
        </message>
        <message>
            <source>is none of</source>
            <comment>a test</comment>
            <translation>não é nenhum de</translation>
        </message>
        <message>
            <source>is below</source>
            <comment>a test</comment>
            <translation>é menor que</translation>
        </message>
        <message>
            <source>is at most</source>
            <comment>a test</comment>
            <translation>é no máximo</translation>
        </message>
        <message>
            <source>is above</source>
            <comment>a test</comment>
            <translation>é maior que</translation>
        </message>
        <message>
            <source>is at least</source>
            <comment>a test</comment>
            <translation>é no mínimo</translation>
        </message>
        <message>
            <source>matches</source>
            <comment>a test</comment>
            <translation>corresponde a</translation>
        </message>
        <message>
            <source>has all of</source>
            <comment>a test</comment>
            <translation>tem todos de</translation>
        </message>
        <message>
            <source>has so many</source>
            <comment>a test</comment>
            <translation>tem esta quantidade</translation>
        </message>
        <message>
            <source>is present</source>
            <comment>a test</comment>
            <translation>está presente</translation>
        </message>
        <message>
            <source>yes</source>
            <comment>a value</comment>
            <translation>sim</translation>
        </message>
        <message>
            <source>no</source>
            <comment>a value</comment>
            <translation>não</translation>
        </message>
        <message>
            <source>always</source>
            <comment>a condition</comment>
            <translation>sempre</translation>
        </message>
        <message>
            <source>%1 %2 %3</source>
            <comment>an attribute, a test and a value</comment>
            <translation>%1 %2 %3</translation>
        </message>
        <message>
            <source> or </source>
            <comment>between conditions</comment>
            <translation> ou </translation>
        </message>
        <message>
            <source> and </source>
            <comment>between conditions</comment>
            <translation> e </translation>
        </message>
        <message>
            <source>nothing</source>
            <comment>of the records</comment>
            <translation>nada</translation>
        </message>
        <message>
            <source>some</source>
            <comment>of the records</comment>
            <translation>alguns</translation>
        </message>
        <message>
            <source>all</source>
            <comment>of the records</comment>
            <translation>todos</translation>
        </message>
        <message>
            <source>The plan does not include it.</source>
            <translation>O plano não o inclui.</translation>
        </message>
        <message>
            <source>The plan includes it.</source>
            <translation>O plano o inclui.</translation>
        </message>
        <message>
            <source>The role includes it.</source>
            <comment>why a role or rule matches</comment>
            <translation>A função o inclui.</translation>
        </message>
        <message>
            <source>It has no condition.</source>
            <comment>why a role or rule matches</comment>
            <translation>Não tem condição.</translation>
        </message>
        <message>
            <source>Its condition holds.</source>
            <comment>why a role or rule matches</comment>
            <translation>Sua condição vale.</translation>
        </message>
        <message>
            <source>Its condition does not hold.</source>
            <comment>why a role or rule matches</comment>
            <translation>Sua condição não vale.</translation>
        </message>
        <message>
            <source>It allows some things.</source>
            <comment>why a role or rule matches</comment>
            <translation>Permite algumas coisas.</translation>
        </message>
        <message>
            <source>It forbids some things only.</source>
            <comment>why a role or rule matches</comment>
            <translation>Proíbe só algumas coisas.</translation>
        </message>
        <message>
            <source>It forbids some fields only.</source>
            <comment>why a role or rule matches</comment>
            <translation>Proíbe só alguns campos.</translation>
        </message>
        <message>
            <source>It is not valid yet.</source>
            <comment>why a role or rule matches</comment>
            <translation>Ainda não vale.</translation>
        </message>
        <message>
            <source>It is not valid any more.</source>
            <comment>why a role or rule matches</comment>
            <translation>Não vale mais.</translation>
        </message>
        <message>
            <source>It is switched off.</source>
            <comment>why a role or rule matches</comment>
            <translation>Está desligada.</translation>
        </message>
        <message>
            <source>It speaks of others.</source>
            <comment>why a role or rule matches</comment>
            <translation>Fala de outros.</translation>
        </message>
        <message>
            <source>Allow</source>
            <comment>the effect of a rule</comment>
            <translation>Permitir</translation>
        </message>
        <message>
            <source>Deny</source>
            <comment>the effect of a rule</comment>
            <translation>Negar</translation>
        </message>
        <message>
            <source>In force</source>
            <comment>a rule</comment>
            <translation>Em vigor</translation>
        </message>
        <message>
            <source>Off</source>
            <comment>a rule</comment>
            <translation>Desligada</translation>
        </message>
        <message>
            <source>Later</source>
            <comment>a rule</comment>
            <translation>Mais tarde</translation>
        </message>
        <message>
            <source>Over</source>
            <comment>a rule</comment>
            <translation>Encerrada</translation>
        </message>
        <message>
            <source>Gateway keys</source>
            <comment>a subject</comment>
            <translation>Chaves do gateway</translation>
        </message>
        <message>
            <source>Gateway</source>
            <comment>a subject</comment>
            <translation>Gateway</translation>
        </message>
        <message>
            <source>call</source>
            <comment>an action</comment>
            <translation>chamar</translation>
        </message>
        <message>
            <source>Gateway limits</source>
            <comment>a subject</comment>
            <translation>Limites do gateway</translation>
        </message>
        <message>
            <source>Gateway routes</source>
            <comment>a subject</comment>
            <translation>Rotas do gateway</translation>
        </message>
        <message>
            <source>Gateway settings</source>
            <comment>a subject</comment>
            <translation>Configurações do gateway</translation>
        </message>
        <message>
            <source>Calls of providers</source>
            <comment>a subject</comment>
            <translation>Chamadas aos provedores</translation>
        </message>
        <message>
            <source>Budgets</source>
            <comment>a subject</comment>
            <translation>Orçamentos</translation>
        </message>
        <message>
            <source>read texts of</source>
            <comment>an action</comment>
            <translation>ler os textos de</translation>
        </message>
        <message>
            <source>Batches</source>
            <comment>a subject</comment>
            <translation>Lotes</translation>
        </message>
        <message>
            <source>Evaluations</source>
            <comment>a subject</comment>
            <translation>Avaliações</translation>
        </message>
        <message>
            <source>run</source>
            <comment>an action</comment>
            <translation>executar</translation>
        </message>
        <message>
            <source>Assistants</source>
            <comment>a subject</comment>
            <translation>Assistentes</translation>
        </message>
        <message>
            <source>Channels</source>
            <comment>a subject</comment>
            <translation>Canais</translation>
        </message>
        <message>
            <source>Messages</source>
            <comment>a subject</comment>
            <translation>Mensagens</translation>
        </message>
        <message>
            <source>write</source>
            <comment>an action</comment>
            <translation>escrever</translation>
        </message>
        <message>
            <source>moderate</source>
            <comment>an action</comment>
            <translation>moderar</translation>
        </message>
    </context>
    <context>
        <name>PermissionsPage</name>
        <message>
            <source>Permissions</source>
            <translation>Permissões</translation>
        </message>
        <message>
            <source>Save rule</source>
            <translation>Salvar regra</translation>
        </message>
        <message>
            <source>Back to the rules</source>
            <translation>Voltar às regras</translation>
        </message>
        <message>
            <source>New rule</source>
            <translation>Nova regra</translation>
        </message>
        <message>
            <source>New role</source>
            <translation>Nova função</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Show rules</source>
            <translation>Mostrar regras</translation>
        </message>
        <message>
            <source>Show roles</source>
            <translation>Mostrar funções</translation>
        </message>
        <message>
            <source>Show simulator</source>
            <translation>Mostrar simulador</translation>
        </message>
        <message>
            <source>give or take</source>
            <translation>dar ou tirar</translation>
        </message>
        <message>
            <source>rename</source>
            <translation>renomear</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>ask</source>
            <translation>perguntar</translation>
        </message>
        <message>
            <source>copy</source>
            <translation>copiar</translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>alterar</translation>
        </message>
        <message>
            <source>on or off</source>
            <translation>ligar ou desligar</translation>
        </message>
        <message>
            <source>duplicate</source>
            <translation>duplicar</translation>
        </message>
        <message>
            <source>Roles give the base, rules refine it. Ask who may do what, and see why.</source>
            <translation>As funções dão a base, as regras a refinam. Pergunte quem pode fazer o quê, e veja por quê.</translation>
        </message>
        <message>
            <source>Write a rule</source>
            <translation>Escrever uma regra</translation>
        </message>
        <message>
            <source>Make a role</source>
            <translation>Criar uma função</translation>
        </message>
        <message>
            <source>Rules</source>
            <translation>Regras</translation>
        </message>
        <message>
            <source>Roles</source>
            <translation>Funções</translation>
        </message>
        <message>
            <source>Simulator</source>
            <translation>Simulador</translation>
        </message>
    </context>
    <context>
        <name>PlanDialog</name>
        <message>
            <source>Change the plan %1</source>
            <translation>Alterar o plano %1</translation>
        </message>
        <message>
            <source>New plan</source>
            <translation>Novo plano</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descrição</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Tudo</translation>
        </message>
        <message>
            <source>Lower-case letters, digits and hyphens.</source>
            <translation>Letras minúsculas, dígitos e hifens.</translation>
        </message>
        <message>
            <source>Everything, also what later versions add</source>
            <translation>Tudo, também o que versões futuras trouxerem</translation>
        </message>
        <message>
            <source>What its tenants may use</source>
            <translation>O que suas organizações podem usar</translation>
        </message>
        <message>
            <source>Save plan</source>
            <translation>Salvar plano</translation>
        </message>
        <message>
            <source>Add plan</source>
            <translation>Adicionar plano</translation>
        </message>
    </context>
    <context>
        <name>PlansModel</name>
        <message>
            <source>everything</source>
            <comment>that a plan allows</comment>
            <translation>tudo</translation>
        </message>
        <message>
            <source>nothing</source>
            <comment>that a plan allows</comment>
            <translation>nada</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descrição</translation>
        </message>
        <message>
            <source>May use</source>
            <translation>Pode usar</translation>
        </message>
        <message>
            <source>Limits</source>
            <translation>Limites</translation>
        </message>
        <message>
            <source>Tenants</source>
            <translation>Organizações</translation>
        </message>
    </context>
    <context>
        <name>PlansView</name>
        <message>
            <source>Plans</source>
            <translation>Planos</translation>
        </message>
        <message>
            <source>The plans are not known</source>
            <translation>Os planos não são conhecidos</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Eles ficam só no servidor, que não pode ser alcançado.</translation>
        </message>
        <message numerus="yes">
            <source>%n plan(s)</source>
            <translation>
                <numerusform>%n plano</numerusform>
                <numerusform>%n planos</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not remove the plan %1</source>
            <translation>Não foi possível remover o plano %1</translation>
        </message>
        <message>
            <source>Plan removed</source>
            <translation>Plano removido</translation>
        </message>
        <message>
            <source>Change plan</source>
            <translation>Alterar plano</translation>
        </message>
        <message>
            <source>Remove plan</source>
            <translation>Remover plano</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
    </context>
    <context>
        <name>PriceAliasDialog</name>
        <message>
            <source>Add a name</source>
            <translation>Adicionar um nome</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Free of charge: it runs on a server of one&apos;s own</source>
            <translation>Gratuito: roda em um servidor próprio</translation>
        </message>
        <message>
            <source>Priced as</source>
            <translation>Preço de</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Observação</translation>
        </message>
        <message>
            <source>As it is called: ollama/llama3, or a model&apos;s name alone, whoever provides it.</source>
            <translation>Como é chamado: ollama/llama3, ou só o nome de um modelo, seja qual for o provedor.</translation>
        </message>
        <message>
            <source>A model of the price book.</source>
            <translation>Um modelo da tabela de preços.</translation>
        </message>
        <message>
            <source>may stay empty</source>
            <translation>pode ficar vazio</translation>
        </message>
        <message>
            <source>Add name</source>
            <translation>Adicionar nome</translation>
        </message>
    </context>
    <context>
        <name>PriceAliasesModel</name>
        <message>
            <source>Free of charge</source>
            <translation>Gratuito</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Priced as</source>
            <translation>Preço de</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Observação</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Desde</translation>
        </message>
    </context>
    <context>
        <name>PriceAliasesView</name>
        <message>
            <source>Names</source>
            <translation>Nomes</translation>
        </message>
        <message>
            <source>Remove name</source>
            <translation>Remover nome</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>The names are not known</source>
            <translation>Os nomes não são conhecidos</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>No names yet</source>
            <translation>Ainda não há nomes</translation>
        </message>
        <message>
            <source>A deployment or a local model has a name that no price list knows. Here it gets the price of a model of the book, or is free of charge.</source>
            <translation>Uma implantação ou um modelo local tem um nome que nenhuma lista de preços conhece. Aqui ele recebe o preço de um modelo da tabela, ou fica gratuito.</translation>
        </message>
        <message>
            <source>Add name</source>
            <translation>Adicionar nome</translation>
        </message>
        <message numerus="yes">
            <source>%n name(s)</source>
            <translation>
                <numerusform>%n nome</numerusform>
                <numerusform>%n nomes</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not remove the name %1</source>
            <translation>Não foi possível remover o nome %1</translation>
        </message>
        <message>
            <source>Name removed</source>
            <translation>Nome removido</translation>
        </message>
    </context>
    <context>
        <name>PriceDialog</name>
        <message>
            <source>Add a price</source>
            <translation>Adicionar um preço</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Provedor</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Valid from (UTC)</source>
            <translation>Vale a partir de (UTC)</translation>
        </message>
        <message>
            <source>Other prices for long requests</source>
            <translation>Outros preços para requisições longas</translation>
        </message>
        <message>
            <source>From so many input tokens on</source>
            <translation>A partir de quantos tokens de entrada</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Fonte</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Observação</translation>
        </message>
        <message>
            <source>I have compared it with the provider&apos;s own list</source>
            <translation>Comparei com a lista do próprio provedor</translation>
        </message>
        <message>
            <source>Correct the past: costs that were computed stay as they are</source>
            <translation>Corrigir o passado: os custos já calculados ficam como estão</translation>
        </message>
        <message>
            <source>Leave it empty to let it count from now on.</source>
            <translation>Deixe vazio para valer a partir de agora.</translation>
        </message>
        <message>
            <source>may stay empty</source>
            <translation>pode ficar vazio</translation>
        </message>
        <message>
            <source>US dollars for a million tokens. A kind without a price costs what input costs; 0 is free.</source>
            <translation>Dólares americanos por um milhão de tokens. Um tipo sem preço custa o mesmo que a entrada; 0 é gratuito.</translation>
        </message>
        <message>
            <source>Add price</source>
            <translation>Adicionar preço</translation>
        </message>
        <message>
            <source>Such as 2026-12-01 00:00</source>
            <translation>Por exemplo 2026-12-01 00:00</translation>
        </message>
    </context>
    <context>
        <name>PriceForm</name>
        <message>
            <source>Input</source>
            <translation>Entrada</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Saída</translation>
        </message>
        <message>
            <source>Cached input</source>
            <translation>Entrada em cache</translation>
        </message>
        <message>
            <source>Cache write, 5 min</source>
            <translation>Gravação no cache, 5 min</translation>
        </message>
        <message>
            <source>Cache write, 1 h</source>
            <translation>Gravação no cache, 1 h</translation>
        </message>
        <message>
            <source>Such as 2.50</source>
            <translation>Por exemplo 2,50</translation>
        </message>
    </context>
    <context>
        <name>PriceImportDialog</name>
        <message>
            <source>Import prices</source>
            <translation>Importar preços</translation>
        </message>
        <message>
            <source>Choose file…</source>
            <translation>Escolher arquivo…</translation>
        </message>
        <message>
            <source>CSV with prices in US dollars for a million tokens, or JSON as the API has it.</source>
            <translation>CSV com preços em dólares americanos por um milhão de tokens, ou JSON como na API.</translation>
        </message>
        <message>
            <source>Take rows in the past: costs that were computed stay as they are</source>
            <translation>Aceitar linhas no passado: os custos já calculados ficam como estão</translation>
        </message>
        <message>
            <source>Leave out rows that conflict with the book</source>
            <translation>Deixar de fora as linhas que conflitam com a tabela</translation>
        </message>
        <message>
            <source>Rows of the file</source>
            <translation>Linhas do arquivo</translation>
        </message>
        <message>
            <source>No file yet</source>
            <translation>Ainda não há arquivo</translation>
        </message>
        <message>
            <source>Its head names the columns: provider, model, validFrom, input, cachedInput, cacheWrite5m, cacheWrite1h, output, tiers, source, verified, note.</source>
            <translation>O cabeçalho nomeia as colunas: provider, model, validFrom, input, cachedInput, cacheWrite5m, cacheWrite1h, output, tiers, source, verified, note.</translation>
        </message>
        <message>
            <source>Import</source>
            <translation>Importar</translation>
        </message>
        <message>
            <source>Prices (*.csv *.json)</source>
            <translation>Preços (*.csv *.json)</translation>
        </message>
        <message>
            <source>The file is too large: import it in parts.</source>
            <translation>O arquivo é grande demais: importe-o em partes.</translation>
        </message>
        <message>
            <source>The file %1</source>
            <comment>what is wrong with it</comment>
            <translation>O arquivo: %1</translation>
        </message>
        <message numerus="yes">
            <source>Import %n row(s)</source>
            <translation>
                <numerusform>Importar %n linha</numerusform>
                <numerusform>Importar %n linhas</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 new · %2 there already · %3 conflicting · %4 wrong</source>
            <translation>%1 novas · %2 já existem · %3 em conflito · %4 erradas</translation>
        </message>
    </context>
    <context>
        <name>PriceImportModel</name>
        <message>
            <source>The book says %1</source>
            <translation>A tabela diz %1</translation>
        </message>
        <message>
            <source>Line</source>
            <translation>Linha</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Valid from</source>
            <translation>Vale a partir de</translation>
        </message>
        <message>
            <source>Prices</source>
            <translation>Preços</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Observação</translation>
        </message>
    </context>
    <context>
        <name>PriceLooks</name>
        <message>
            <source>Planned</source>
            <comment>a price</comment>
            <translation>Planejado</translation>
        </message>
        <message>
            <source>In force</source>
            <comment>a price</comment>
            <translation>Em vigor</translation>
        </message>
        <message>
            <source>Former</source>
            <comment>a price</comment>
            <translation>Anterior</translation>
        </message>
        <message>
            <source>Verified</source>
            <comment>a price</comment>
            <translation>Verificado</translation>
        </message>
        <message>
            <source>Not verified</source>
            <comment>a price</comment>
            <translation>Não verificado</translation>
        </message>
        <message>
            <source>New</source>
            <comment>a row of an import</comment>
            <translation>Nova</translation>
        </message>
        <message>
            <source>There already</source>
            <comment>a row of an import</comment>
            <translation>Já existe</translation>
        </message>
        <message>
            <source>Conflicting</source>
            <comment>a row of an import</comment>
            <translation>Em conflito</translation>
        </message>
        <message>
            <source>Wrong</source>
            <comment>a row of an import</comment>
            <translation>Errada</translation>
        </message>
        <message>
            <source>%1 in · %2 out</source>
            <comment>prices of tokens</comment>
            <translation>%1 entrada · %2 saída</translation>
        </message>
    </context>
    <context>
        <name>PricePane</name>
        <message>
            <source>Input</source>
            <translation>Entrada</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Saída</translation>
        </message>
        <message>
            <source>Cached input</source>
            <translation>Entrada em cache</translation>
        </message>
        <message>
            <source>Cache write, 5 min</source>
            <translation>Gravação no cache, 5 min</translation>
        </message>
        <message>
            <source>Cache write, 1 h</source>
            <translation>Gravação no cache, 1 h</translation>
        </message>
        <message>
            <source>Not verified</source>
            <translation>Não verificado</translation>
        </message>
        <message>
            <source>Mark verified</source>
            <translation>Marcar verificado</translation>
        </message>
        <message>
            <source>Nobody has compared it with the provider&apos;s own list yet.</source>
            <translation>Ninguém comparou ainda com a lista do próprio provedor.</translation>
        </message>
        <message>
            <source>Valid from</source>
            <translation>Vale a partir de</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>Até</translation>
        </message>
        <message>
            <source>From %1 tokens</source>
            <translation>A partir de %1 tokens</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Fonte</translation>
        </message>
        <message>
            <source>Checked</source>
            <translation>Conferido</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Observação</translation>
        </message>
        <message>
            <source>In the book since</source>
            <translation>Na tabela desde</translation>
        </message>
        <message>
            <source>New price…</source>
            <translation>Novo preço…</translation>
        </message>
        <message>
            <source>Open the source</source>
            <translation>Abrir a fonte</translation>
        </message>
        <message>
            <source>Withdraw</source>
            <translation>Retirar</translation>
        </message>
        <message>
            <source>Long requests</source>
            <translation>Requisições longas</translation>
        </message>
        <message>
            <source>Where it comes from</source>
            <translation>De onde vem</translation>
        </message>
        <message>
            <source>All prices of this model</source>
            <translation>Todos os preços deste modelo</translation>
        </message>
    </context>
    <context>
        <name>PricesModel</name>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Provider</source>
            <translation>Provedor</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Entrada</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Saída</translation>
        </message>
        <message>
            <source>Cached input</source>
            <translation>Entrada em cache</translation>
        </message>
        <message>
            <source>Cache write, 5 min</source>
            <translation>Gravação no cache, 5 min</translation>
        </message>
        <message>
            <source>Cache write, 1 h</source>
            <translation>Gravação no cache, 1 h</translation>
        </message>
        <message>
            <source>Valid from</source>
            <translation>Vale a partir de</translation>
        </message>
        <message>
            <source>Checked</source>
            <translation>Conferido</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Fonte</translation>
        </message>
    </context>
    <context>
        <name>PricesPage</name>
        <message>
            <source>Prices</source>
            <translation>Preços</translation>
        </message>
        <message numerus="yes">
            <source>%n price(s) imported</source>
            <translation>
                <numerusform>%n preço importado</numerusform>
                <numerusform>%n preços importados</numerusform>
            </translation>
        </message>
        <message>
            <source>Add price</source>
            <translation>Adicionar preço</translation>
        </message>
        <message>
            <source>Add a name</source>
            <translation>Adicionar um nome</translation>
        </message>
        <message>
            <source>Import prices</source>
            <translation>Importar preços</translation>
        </message>
        <message>
            <source>Compute costs anew</source>
            <translation>Recalcular custos</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Show prices</source>
            <translation>Mostrar os preços</translation>
        </message>
        <message>
            <source>Show names</source>
            <translation>Mostrar os nomes</translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>verify</source>
            <translation>verificar</translation>
        </message>
        <message>
            <source>withdraw</source>
            <translation>retirar</translation>
        </message>
        <message>
            <source>import</source>
            <translation>importar</translation>
        </message>
        <message>
            <source>compute anew</source>
            <translation>recalcular</translation>
        </message>
        <message>
            <source>Compute anew…</source>
            <translation>Recalcular…</translation>
        </message>
        <message>
            <source>What calls would cost by the price book</source>
            <translation>Quanto as chamadas custariam pela tabela de preços</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>Importar…</translation>
        </message>
        <message>
            <source>Add many prices from a file</source>
            <translation>Adicionar muitos preços de um arquivo</translation>
        </message>
        <message>
            <source>Add name</source>
            <translation>Adicionar nome</translation>
        </message>
        <message>
            <source>Let a name be priced as a model of the book</source>
            <translation>Dar a um nome o preço de um modelo da tabela</translation>
        </message>
        <message>
            <source>Add what a model costs from a moment on</source>
            <translation>Adicionar quanto um modelo custa a partir de um momento</translation>
        </message>
        <message>
            <source>Price book</source>
            <translation>Tabela de preços</translation>
        </message>
        <message>
            <source>Names</source>
            <translation>Nomes</translation>
        </message>
        <message>
            <source>What a million tokens cost, in US dollars</source>
            <translation>Quanto custa um milhão de tokens, em dólares</translation>
        </message>
    </context>
    <context>
        <name>PricesView</name>
        <message>
            <source>Provider</source>
            <translation>Provedor</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Prices</source>
            <translation>Preços</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>%1 (%2)</source>
            <comment>a model and how often it was called</comment>
            <translation>%1 (%2)</translation>
        </message>
        <message numerus="yes">
            <source>%n model(s) called in the last week without a price, so with an unknown cost: %1.</source>
            <translation>
                <numerusform>%n modelo chamado na última semana sem preço, portanto com custo desconhecido: %1.</numerusform>
                <numerusform>%n modelos chamados na última semana sem preço, portanto com custo desconhecido: %1.</numerusform>
            </translation>
        </message>
        <message>
            <source>Add price</source>
            <translation>Adicionar preço</translation>
        </message>
        <message>
            <source>The prices are not known</source>
            <translation>Os preços não são conhecidos</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>No price matches</source>
            <translation>Nenhum preço corresponde</translation>
        </message>
        <message numerus="yes">
            <source>%n price(s)</source>
            <translation>
                <numerusform>%n preço</numerusform>
                <numerusform>%n preços</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n price(s)</source>
            <translation>
                <numerusform>%1 de %n preço</numerusform>
                <numerusform>%1 de %n preços</numerusform>
            </translation>
        </message>
        <message>
            <source>Search by model</source>
            <translation>Buscar por modelo</translation>
        </message>
        <message>
            <source>Any provider</source>
            <translation>Qualquer provedor</translation>
        </message>
        <message>
            <source>In force now</source>
            <translation>Em vigor agora</translation>
        </message>
        <message>
            <source>All, also former and planned</source>
            <translation>Todos, também anteriores e planejados</translation>
        </message>
        <message>
            <source>The price of %1 was added</source>
            <translation>O preço de %1 foi adicionado</translation>
        </message>
        <message>
            <source>Costs that were computed stay as they are.</source>
            <translation>Os custos já calculados ficam como estão.</translation>
        </message>
        <message>
            <source>Valid from %1</source>
            <translation>Vale a partir de %1</translation>
        </message>
        <message>
            <source>Could not change the price of %1</source>
            <translation>Não foi possível alterar o preço de %1</translation>
        </message>
        <message>
            <source>Could not withdraw the price of %1</source>
            <translation>Não foi possível retirar o preço de %1</translation>
        </message>
        <message>
            <source>Could not bring back the price of %1</source>
            <translation>Não foi possível trazer de volta o preço de %1</translation>
        </message>
        <message>
            <source>Price withdrawn</source>
            <translation>Preço retirado</translation>
        </message>
        <message>
            <source>Search prices</source>
            <translation>Buscar preços</translation>
        </message>
        <message>
            <source>Mark price verified, or not</source>
            <translation>Marcar o preço como verificado, ou não</translation>
        </message>
        <message>
            <source>Withdraw price</source>
            <translation>Retirar preço</translation>
        </message>
    </context>
    <context>
        <name>ProfileSection</name>
        <message>
            <source>%1 · %2</source>
            <comment>an e-mail address and a tenant</comment>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>Your profile was changed</source>
            <translation>Seu perfil foi alterado</translation>
        </message>
        <message>
            <source>Your profile could not be changed</source>
            <translation>Não foi possível alterar seu perfil</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Você</translation>
        </message>
        <message>
            <source>Your name</source>
            <translation>Seu nome</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>Fuso horário</translation>
        </message>
        <message>
            <source>Save profile</source>
            <translation>Salvar perfil</translation>
        </message>
        <message>
            <source>Like the computer</source>
            <translation>Como o computador</translation>
        </message>
    </context>
    <context>
        <name>PromptBlocks</name>
        <message>
            <source>Remove this example</source>
            <translation>Remover este exemplo</translation>
        </message>
        <message>
            <source>Ln %1, Col %2</source>
            <translation>Lin %1, Col %2</translation>
        </message>
        <message>
            <source>example %1</source>
            <translation>exemplo %1</translation>
        </message>
        <message>
            <source>System prompt</source>
            <translation>Prompt de sistema</translation>
        </message>
        <message>
            <source>User prompt</source>
            <translation>Prompt do usuário</translation>
        </message>
        <message>
            <source>Answer of example %1</source>
            <translation>Resposta do exemplo %1</translation>
        </message>
        <message>
            <source>Question of example %1</source>
            <translation>Pergunta do exemplo %1</translation>
        </message>
        <message>
            <source>How the model should behave</source>
            <translation>Como o modelo deve se comportar</translation>
        </message>
        <message>
            <source>What to ask. Type {{ to insert a variable.</source>
            <translation>O que perguntar. Digite {{ para inserir uma variável.</translation>
        </message>
        <message>
            <source>Add example</source>
            <translation>Adicionar exemplo</translation>
        </message>
        <message>
            <source>A question and its answer, shown to the model before yours</source>
            <translation>Uma pergunta e sua resposta, mostradas ao modelo antes da sua</translation>
        </message>
    </context>
    <context>
        <name>QObject</name>
        <message>
            <source>This link is not opened</source>
            <translation>Este link não é aberto</translation>
        </message>
        <message>
            <source>It is no address of a page: %1</source>
            <translation>Não é o endereço de uma página: %1</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Open this link?</source>
            <translation>Abrir este link?</translation>
        </message>
        <message>
            <source>It leads to no web page. Another program of this computer will get: %1</source>
            <translation>Ele não leva a uma página da web. Outro programa deste computador receberá: %1</translation>
        </message>
        <message>
            <source>Open link</source>
            <translation>Abrir link</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Código</translation>
        </message>
        <message>
            <source>Answers %1</source>
            <translation>Responde a %1</translation>
        </message>
        <message>
            <source>This message was deleted.</source>
            <translation>Esta mensagem foi excluída.</translation>
        </message>
        <message>
            <source>Copy code</source>
            <translation>Copiar código</translation>
        </message>
        <message>
            <source>New</source>
            <translation>Novas</translation>
        </message>
        <message>
            <source>AI</source>
            <translation>IA</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Parar</translation>
        </message>
        <message>
            <source>Retry</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>Descartar</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Hoje</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Ontem</translation>
        </message>
        <message>
            <source>pinned</source>
            <translation>fixada</translation>
        </message>
        <message>
            <source>edited</source>
            <translation>editada</translation>
        </message>
        <message numerus="yes">
            <source>%n tokens</source>
            <translation>
                <numerusform>%n token</numerusform>
                <numerusform>%n tokens</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 tok/s</source>
            <translation>%1 tok/s</translation>
        </message>
        <message>
            <source>Sending…</source>
            <translation>Enviando…</translation>
        </message>
        <message>
            <source>Is sent when you are back online</source>
            <translation>Será enviada quando você voltar a ficar on-line</translation>
        </message>
        <message>
            <source>Not sent</source>
            <translation>Não enviada</translation>
        </message>
        <message>
            <source>Thinking…</source>
            <translation>Pensando…</translation>
        </message>
        <message>
            <source>Writing…</source>
            <translation>Escrevendo…</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>Parada</translation>
        </message>
        <message numerus="yes">
            <source>%n replies</source>
            <translation>
                <numerusform>%n resposta</numerusform>
                <numerusform>%n respostas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n people</source>
            <translation>
                <numerusform>%n pessoa</numerusform>
                <numerusform>%n pessoas</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 %2, with you</source>
            <translation>%1 %2, com você</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Você</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Build</source>
            <translation>Construir</translation>
        </message>
        <message>
            <source>Operate</source>
            <translation>Operar</translation>
        </message>
        <message>
            <source>Collaborate</source>
            <translation>Colaborar</translation>
        </message>
        <message>
            <source>Administer</source>
            <translation>Administrar</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Páginas</translation>
        </message>
    </context>
    <context>
        <name>ReceiptDialog</name>
        <message>
            <source>Receipt for %1</source>
            <translation>Recibo de %1</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Slug</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Erased by</source>
            <translation>Apagada por</translation>
        </message>
        <message>
            <source>Begun</source>
            <translation>Início</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>Fim</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>Linhas</translation>
        </message>
        <message>
            <source>Receipt as JSON</source>
            <translation>Recibo como JSON</translation>
        </message>
        <message>
            <source>Save receipt…</source>
            <translation>Salvar recibo…</translation>
        </message>
        <message>
            <source>Save the receipt</source>
            <translation>Salvar o recibo</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
    </context>
    <context>
        <name>RecordEdit</name>
        <message>
            <source>How the record is written</source>
            <translation>Como o registro é escrito</translation>
        </message>
        <message>
            <source>Line %1: %2</source>
            <translation>Linha %1: %2</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>Formulário</translation>
        </message>
        <message>
            <source>Record as JSON</source>
            <translation>Registro como JSON</translation>
        </message>
    </context>
    <context>
        <name>RecoveryCodesDialog</name>
        <message>
            <source>Keep your recovery codes</source>
            <translation>Guarde seus códigos de recuperação</translation>
        </message>
        <message>
            <source>Each of them lets you in once when you do not have the app. Keep them apart from this computer: they are not shown again.</source>
            <translation>Cada um deixa você entrar uma vez quando estiver sem o aplicativo. Guarde-os fora deste computador: eles não são mostrados de novo.</translation>
        </message>
        <message>
            <source>Recovery code %1: %2</source>
            <translation>Código de recuperação %1: %2</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copiar</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>Salvar…</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Copiado</translation>
        </message>
        <message>
            <source>I have kept them</source>
            <translation>Já guardei</translation>
        </message>
        <message>
            <source>Save recovery codes</source>
            <translation>Salvar os códigos de recuperação</translation>
        </message>
        <message>
            <source>Text (*.txt)</source>
            <translation>Texto (*.txt)</translation>
        </message>
        <message>
            <source>%1 was not written: %2</source>
            <translation>%1 não foi gravado: %2</translation>
        </message>
    </context>
    <context>
        <name>RefusalLooks</name>
        <message>
            <source>Limit</source>
            <comment>what refused a call</comment>
            <translation>Limite</translation>
        </message>
        <message>
            <source>Budget</source>
            <comment>what refused a call</comment>
            <translation>Orçamento</translation>
        </message>
        <message>
            <source>Model not allowed</source>
            <translation>Modelo não permitido</translation>
        </message>
        <message>
            <source>Content rule</source>
            <translation>Regra de conteúdo</translation>
        </message>
        <message>
            <source>The models of the key, or the rights of its owner</source>
            <translation>Os modelos da chave, ou os direitos de quem a possui</translation>
        </message>
        <message>
            <source>The settings of the gateway</source>
            <translation>As configurações do gateway</translation>
        </message>
        <message>
            <source>The limit “%1” had let through as much as it may. All limits that match a call hold at once: the first that is full decides.</source>
            <translation>O limite “%1” já tinha deixado passar tudo o que pode. Todos os limites que se aplicam a uma chamada valem ao mesmo tempo: o primeiro que estiver cheio decide.</translation>
        </message>
        <message>
            <source>The budget “%1” had less left than the call could have cost at most. That much is held before a call is made, so that calls side by side cannot overspend; what was not needed is given back after it.</source>
            <translation>Restava no orçamento “%1” menos do que a chamada poderia custar no máximo. Esse valor é reservado antes da chamada, para que chamadas lado a lado não o estourem; o que não foi preciso volta depois dela.</translation>
        </message>
        <message>
            <source>The key “%1” may not call %2: it is not among the models of the key, or its owner has no right to it.</source>
            <translation>A chave “%1” não pode chamar %2: não está entre os modelos da chave, ou quem a possui não tem direito a ele.</translation>
        </message>
        <message>
            <source>What was sent, or what the model answered, broke a rule of the gateway&apos;s settings: “%1”. The text itself is not kept here.</source>
            <translation>O que foi enviado, ou o que o modelo respondeu, violou uma regra das configurações do gateway: “%1”. O texto em si não é guardado aqui.</translation>
        </message>
        <message>
            <source>The program may try again when the minute is over, or when a running call has ended; the answer&apos;s Retry-After says when. If it happens often, raise the limit or spread the calls.</source>
            <translation>O programa pode tentar de novo quando o minuto acabar, ou quando uma chamada em andamento terminar; o Retry-After da resposta diz quando. Se acontecer muito, aumente o limite ou espalhe as chamadas.</translation>
        </message>
        <message>
            <source>Raise the budget, wait until it begins anew, or ask for shorter answers: the most that a call can cost follows from the most tokens it may be answered with.</source>
            <translation>Aumente o orçamento, espere que ele recomece ou peça respostas mais curtas: o custo máximo de uma chamada depende do máximo de tokens da resposta.</translation>
        </message>
        <message>
            <source>Add the model to the key, or call one of those it has.</source>
            <translation>Adicione o modelo à chave, ou chame um dos que ela tem.</translation>
        </message>
        <message>
            <source>Change the text, or the rule in the settings of the gateway.</source>
            <translation>Altere o texto, ou a regra nas configurações do gateway.</translation>
        </message>
    </context>
    <context>
        <name>RefusalPane</name>
        <message>
            <source>Open limit</source>
            <translation>Abrir o limite</translation>
        </message>
        <message>
            <source>Open budget</source>
            <translation>Abrir o orçamento</translation>
        </message>
        <message>
            <source>Open keys</source>
            <translation>Abrir as chaves</translation>
        </message>
        <message>
            <source>Open settings</source>
            <translation>Abrir as configurações</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Chamadas</translation>
        </message>
        <message>
            <source>Minute</source>
            <translation>Minuto</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>Última</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Pessoa</translation>
        </message>
        <message>
            <source>Show what decided</source>
            <translation>Mostrar o que decidiu</translation>
        </message>
        <message>
            <source>What helps</source>
            <translation>O que ajuda</translation>
        </message>
        <message>
            <source>What the program was told</source>
            <translation>O que o programa recebeu</translation>
        </message>
    </context>
    <context>
        <name>RefusalsModel</name>
        <message>
            <source>Last</source>
            <translation>Última</translation>
        </message>
        <message>
            <source>Refused by</source>
            <translation>Recusado por</translation>
        </message>
        <message>
            <source>What decided</source>
            <translation>O que decidiu</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Pessoa</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Chamadas</translation>
        </message>
    </context>
    <context>
        <name>RefusalsView</name>
        <message>
            <source>Refused by</source>
            <translation>Recusado por</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>Chave</translation>
        </message>
        <message>
            <source>What decided</source>
            <translation>O que decidiu</translation>
        </message>
        <message>
            <source>Refused calls</source>
            <translation>Chamadas recusadas</translation>
        </message>
        <message numerus="yes">
            <source>%n newer refusal(s)</source>
            <translation>
                <numerusform>%n recusa mais nova</numerusform>
                <numerusform>%n recusas mais novas</numerusform>
            </translation>
        </message>
        <message>
            <source>Show what decided</source>
            <translation>Mostrar o que decidiu</translation>
        </message>
        <message>
            <source>Filter by %1: %2</source>
            <comment>a field and its value</comment>
            <translation>Filtrar por %1: %2</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Remove this filter</source>
            <translation>Remover este filtro</translation>
        </message>
        <message>
            <source>What was refused is not known</source>
            <translation>Não se sabe o que foi recusado</translation>
        </message>
        <message>
            <source>It is kept on the server only, which cannot be reached.</source>
            <translation>Isso fica só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>Nothing of this kind was refused</source>
            <translation>Nada desse tipo foi recusado</translation>
        </message>
        <message>
            <source>Nothing was refused</source>
            <translation>Nada foi recusado</translation>
        </message>
        <message>
            <source>When a limit, a budget, the models of a key or a content rule refuses a call, it stands here: what decided, why, and what helps.</source>
            <translation>Quando um limite, um orçamento, os modelos de uma chave ou uma regra de conteúdo recusa uma chamada, ela aparece aqui: o que decidiu, por quê e o que ajuda.</translation>
        </message>
        <message>
            <source>%1 refusals, more as you scroll</source>
            <translation>%1 recusas, mais ao rolar</translation>
        </message>
        <message numerus="yes">
            <source>%n refusal(s)</source>
            <translation>
                <numerusform>%n recusa</numerusform>
                <numerusform>%n recusas</numerusform>
            </translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>why</source>
            <translation>por quê</translation>
        </message>
        <message>
            <source>what decided</source>
            <translation>o que decidiu</translation>
        </message>
        <message>
            <source>filter</source>
            <translation>filtrar</translation>
        </message>
        <message>
            <source>Show what refused it</source>
            <translation>Mostrar o que recusou</translation>
        </message>
        <message>
            <source>Filter refusals</source>
            <translation>Filtrar recusas</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
    </context>
    <context>
        <name>RenameDialog</name>
        <message>
            <source>Rename “%1”</source>
            <translation>Renomear “%1”</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>Renomear</translation>
        </message>
    </context>
    <context>
        <name>ReplayDialog</name>
        <message>
            <source>Replay %1</source>
            <translation>Reproduzir %1</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Version of %1</source>
            <translation>Versão de %1</translation>
        </message>
        <message>
            <source>Variables</source>
            <translation>Variáveis</translation>
        </message>
        <message>
            <source>Replay</source>
            <translation>Reproduzir</translation>
        </message>
        <message>
            <source>This is not a JSON object</source>
            <translation>Isto não é um objeto JSON</translation>
        </message>
        <message>
            <source>A version is a whole number</source>
            <translation>Uma versão é um número inteiro</translation>
        </message>
        <message>
            <source>Messages</source>
            <translation>Mensagens</translation>
        </message>
        <message>
            <source>A list of objects with “role” and “content”.</source>
            <translation>Uma lista de objetos com “role” e “content”.</translation>
        </message>
    </context>
    <context>
        <name>RerateDialog</name>
        <message>
            <source>Compute costs anew</source>
            <translation>Recalcular custos</translation>
        </message>
        <message>
            <source>Tenant</source>
            <translation>Organização</translation>
        </message>
        <message>
            <source>From (UTC)</source>
            <translation>De (UTC)</translation>
        </message>
        <message>
            <source>Until (UTC)</source>
            <translation>Até (UTC)</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Costs by model</source>
            <translation>Custos por modelo</translation>
        </message>
        <message>
            <source>Export calls that differ…</source>
            <translation>Exportar chamadas que diferem…</translation>
        </message>
        <message>
            <source>may stay empty</source>
            <translation>pode ficar vazio</translation>
        </message>
        <message>
            <source>Nothing computed yet</source>
            <translation>Nada calculado ainda</translation>
        </message>
        <message>
            <source>The ledger of the period is priced by the book as it is now, call by call. What stands in the ledger is not changed.</source>
            <translation>As chamadas do período são calculadas, uma a uma, pela tabela como ela está agora. O que está registrado não muda.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
        <message>
            <source>Compute</source>
            <translation>Calcular</translation>
        </message>
        <message>
            <source>Such as 2026-12-01</source>
            <translation>Por exemplo 2026-12-01</translation>
        </message>
        <message>
            <source>Computing…</source>
            <translation>Calculando…</translation>
        </message>
        <message>
            <source>No calls</source>
            <translation>Nenhuma chamada</translation>
        </message>
        <message>
            <source>Nothing was called in this period.</source>
            <translation>Nada foi chamado neste período.</translation>
        </message>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n chamada</numerusform>
                <numerusform>%n chamadas</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 in the ledger, %2 by the book: %3</source>
            <translation>%1 registrados, %2 pela tabela: %3</translation>
        </message>
        <message>
            <source>no difference</source>
            <translation>nenhuma diferença</translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) differ</source>
            <translation>
                <numerusform>%n chamada difere</numerusform>
                <numerusform>%n chamadas diferem</numerusform>
            </translation>
        </message>
        <message>
            <source>Export calls that differ</source>
            <translation>Exportar chamadas que diferem</translation>
        </message>
        <message>
            <source>Could not write %1</source>
            <translation>Não foi possível gravar %1</translation>
        </message>
        <message>
            <source>Exported to %1</source>
            <translation>Exportado para %1</translation>
        </message>
    </context>
    <context>
        <name>ReratedRowsModel</name>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Chamadas</translation>
        </message>
        <message>
            <source>In the ledger</source>
            <translation>Registrado</translation>
        </message>
        <message>
            <source>By the book</source>
            <translation>Pela tabela</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Diferença</translation>
        </message>
        <message>
            <source>Without price before</source>
            <translation>Sem preço antes</translation>
        </message>
        <message>
            <source>Without price after</source>
            <translation>Sem preço depois</translation>
        </message>
    </context>
    <context>
        <name>RoleDialog</name>
        <message>
            <source>Change the role %1</source>
            <translation>Alterar a função %1</translation>
        </message>
        <message>
            <source>New role</source>
            <translation>Nova função</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>What it is for</source>
            <translation>Para que serve</translation>
        </message>
        <message>
            <source>Begins like</source>
            <translation>Começa como</translation>
        </message>
        <message>
            <source>Give and take abilities in the matrix afterwards.</source>
            <translation>Dê e tire permissões na matriz depois.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Salvar</translation>
        </message>
        <message>
            <source>Add role</source>
            <translation>Adicionar função</translation>
        </message>
    </context>
    <context>
        <name>RoleMatrix</name>
        <message>
            <source>Abilities and roles</source>
            <translation>Permissões e funções</translation>
        </message>
    </context>
    <context>
        <name>RoleMatrixModel</name>
        <message>
            <source>%1 · %2: not in the plan of this tenant.</source>
            <translation>%1 · %2: fora do plano desta organização.</translation>
        </message>
        <message>
            <source>%1 · %2: yes, the role has it.</source>
            <translation>%1 · %2: sim, a função a tem.</translation>
        </message>
        <message>
            <source>%1 · %2: yes, by a rule.</source>
            <translation>%1 · %2: sim, por uma regra.</translation>
        </message>
        <message>
            <source>%1 · %2: rules decide case by case.</source>
            <translation>%1 · %2: regras decidem caso a caso.</translation>
        </message>
        <message>
            <source>%1 · %2: no, a rule forbids it.</source>
            <translation>%1 · %2: não, uma regra proíbe.</translation>
        </message>
        <message>
            <source>%1 · %2: no.</source>
            <translation>%1 · %2: não.</translation>
        </message>
        <message>
            <source>%1: “%2”.</source>
            <comment>the effect and the reason of a rule</comment>
            <translation>%1: “%2”.</translation>
        </message>
    </context>
    <context>
        <name>RolesView</name>
        <message numerus="yes">
            <source>%n role(s) of your own</source>
            <translation>
                <numerusform>%n função própria</numerusform>
                <numerusform>%n funções próprias</numerusform>
            </translation>
        </message>
        <message>
            <source>Built-in roles stay as they are</source>
            <translation>As funções embutidas ficam como são</translation>
        </message>
        <message>
            <source>Make a role of your own that begins like this one.</source>
            <translation>Crie uma função própria que comece como esta.</translation>
        </message>
        <message>
            <source>A role needs an ability</source>
            <translation>Uma função precisa de uma permissão</translation>
        </message>
        <message>
            <source>Remove the role if nobody is to have it.</source>
            <translation>Remova a função se ninguém deve tê-la.</translation>
        </message>
        <message>
            <source>Could not change the role</source>
            <translation>Não foi possível alterar a função</translation>
        </message>
        <message>
            <source>Remove the role %1</source>
            <translation>Remover a função %1</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s) have it, and lose what only it allows.</source>
            <translation>
                <numerusform>%n pessoa a tem, e perde o que só ela permite.</numerusform>
                <numerusform>%n pessoas a têm, e perdem o que só ela permite.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nobody has it. Rules that speak of it match nobody any more.</source>
            <translation>Ninguém a tem. Regras que falam dela não valem mais para ninguém.</translation>
        </message>
        <message>
            <source>Remove role</source>
            <translation>Remover função</translation>
        </message>
        <message>
            <source>Could not remove the role</source>
            <translation>Não foi possível remover a função</translation>
        </message>
        <message>
            <source>Role removed</source>
            <translation>Função removida</translation>
        </message>
        <message>
            <source>Give or take the ability</source>
            <translation>Dar ou tirar a permissão</translation>
        </message>
        <message>
            <source>Change name of role</source>
            <translation>Alterar o nome da função</translation>
        </message>
        <message>
            <source>Abilities by role</source>
            <translation>Permissões por função</translation>
        </message>
        <message>
            <source>has it</source>
            <translation>tem</translation>
        </message>
        <message>
            <source>rules decide case by case</source>
            <translation>regras decidem caso a caso</translation>
        </message>
        <message>
            <source>a rule forbids it</source>
            <translation>uma regra proíbe</translation>
        </message>
        <message>
            <source>outside the plan</source>
            <translation>fora do plano</translation>
        </message>
    </context>
    <context>
        <name>RouteDialog</name>
        <message>
            <source>Change the route “%1”</source>
            <translation>Alterar a rota “%1”</translation>
        </message>
        <message>
            <source>New route</source>
            <translation>Nova rota</translation>
        </message>
        <message>
            <source>Alias</source>
            <translation>Apelido</translation>
        </message>
        <message>
            <source>Which target is asked</source>
            <translation>Qual destino é chamado</translation>
        </message>
        <message>
            <source>Sticky</source>
            <translation>Fixa</translation>
        </message>
        <message>
            <source>The same end user, or else key, gets the same first target</source>
            <translation>O mesmo usuário final, ou senão a mesma chave, recebe o mesmo primeiro destino</translation>
        </message>
        <message>
            <source>Second call after (ms)</source>
            <translation>Segunda chamada após (ms)</translation>
        </message>
        <message>
            <source>What programs give for the model. Without a slash, which names of models have.</source>
            <translation>O que os programas informam como modelo. Sem barra, que os nomes de modelos têm.</translation>
        </message>
        <message>
            <source>In order</source>
            <translation>Em ordem</translation>
        </message>
        <message>
            <source>By weight</source>
            <translation>Por peso</translation>
        </message>
        <message>
            <source>never</source>
            <translation>nunca</translation>
        </message>
        <message>
            <source>When nothing has come by then, the next target is asked as well, and whoever answers first is passed on. Both are billed.</source>
            <translation>Se nada tiver chegado até lá, o próximo destino também é chamado, e vale quem responder primeiro. As duas chamadas são cobradas.</translation>
        </message>
        <message>
            <source>Save route</source>
            <translation>Salvar rota</translation>
        </message>
        <message>
            <source>Make route</source>
            <translation>Criar rota</translation>
        </message>
        <message>
            <source>Each call begins at one of them by chance, as often as its weight says. The others are asked when it fails.</source>
            <translation>Cada chamada começa em um deles por sorteio, na frequência que o peso diz. Os outros são chamados quando ele falha.</translation>
        </message>
        <message>
            <source>The first is asked; each next one when those before it fail, are too slow, or have no room.</source>
            <translation>O primeiro é chamado; cada um dos seguintes, quando os anteriores falham, demoram demais ou não têm espaço.</translation>
        </message>
        <message>
            <source>Without a slash</source>
            <translation>Sem barra</translation>
        </message>
    </context>
    <context>
        <name>RoutePane</name>
        <message>
            <source>Targets</source>
            <translation>Destinos</translation>
        </message>
        <message>
            <source>Sticky</source>
            <translation>Fixa</translation>
        </message>
        <message>
            <source>The same end user or key gets the same first target</source>
            <translation>O mesmo usuário final ou chave recebe o mesmo primeiro destino</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Não</translation>
        </message>
        <message>
            <source>Second call</source>
            <translation>Segunda chamada</translation>
        </message>
        <message>
            <source>to the next target after %1 without an answer; both are billed</source>
            <translation>ao próximo destino após %1 sem resposta; as duas são cobradas</translation>
        </message>
        <message>
            <source>Made</source>
            <comment>a route, when</comment>
            <translation>Criada</translation>
        </message>
        <message>
            <source>Not known</source>
            <comment>how a target fares</comment>
            <translation>Não se sabe</translation>
        </message>
        <message>
            <source>Resting</source>
            <comment>a target</comment>
            <translation>Em pausa</translation>
        </message>
        <message>
            <source>Well</source>
            <comment>how a target fares</comment>
            <translation>Bem</translation>
        </message>
        <message>
            <source>resting</source>
            <comment>a target</comment>
            <translation>em pausa</translation>
        </message>
        <message>
            <source>Left out after failures, asked again at %1</source>
            <translation>Fora após falhas, chamado de novo às %1</translation>
        </message>
        <message>
            <source>No calls in the last minute</source>
            <translation>Nenhuma chamada no último minuto</translation>
        </message>
        <message>
            <source>As the server sees it that answered; each of several servers counts for itself.</source>
            <translation>Como vê o servidor que respondeu; havendo vários, cada um conta por si.</translation>
        </message>
        <message>
            <source>How the targets fare is not known yet.</source>
            <translation>Ainda não se sabe como vão os destinos.</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Alterar…</translation>
        </message>
        <message>
            <source>Change the route</source>
            <translation>Alterar a rota</translation>
        </message>
        <message>
            <source>Copy alias</source>
            <translation>Copiar apelido</translation>
        </message>
        <message>
            <source>Remove route</source>
            <translation>Remover rota</translation>
        </message>
        <message>
            <source>Time-out %1 s</source>
            <translation>Tempo limite %1 s</translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) in the last minute</source>
            <translation>
                <numerusform>%n chamada no último minuto</numerusform>
                <numerusform>%n chamadas no último minuto</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n failed</source>
            <comment>calls of a target</comment>
            <translation>
                <numerusform>%n falhou</numerusform>
                <numerusform>%n falharam</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RouteTargetRow</name>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Choose a model</source>
            <translation>Escolha um modelo</translation>
        </message>
        <message>
            <source>Target %1 of %2</source>
            <translation>Destino %1 de %2</translation>
        </message>
        <message>
            <source>%1: drag, or Alt+Up and Alt+Down</source>
            <translation>%1: arraste, ou Alt+Cima e Alt+Baixo</translation>
        </message>
        <message>
            <source>%1, model</source>
            <translation>%1, modelo</translation>
        </message>
        <message>
            <source>%1, weight</source>
            <translation>%1, peso</translation>
        </message>
        <message>
            <source>%1, time-out in seconds</source>
            <translation>%1, tempo limite em segundos</translation>
        </message>
        <message>
            <source>Remove target %1</source>
            <translation>Remover destino %1</translation>
        </message>
        <message>
            <source>default</source>
            <comment>a target&apos;s time-out</comment>
            <translation>padrão</translation>
        </message>
    </context>
    <context>
        <name>RouteTargets</name>
        <message>
            <source>Targets</source>
            <translation>Destinos</translation>
        </message>
        <message>
            <source>Weight, share of calls</source>
            <translation>Peso, parte das chamadas</translation>
        </message>
        <message>
            <source>Time-out (s)</source>
            <translation>Limite (s)</translation>
        </message>
        <message>
            <source>Add target</source>
            <translation>Adicionar destino</translation>
        </message>
    </context>
    <context>
        <name>RoutesModel</name>
        <message>
            <source>Yes</source>
            <comment>sticky</comment>
            <translation>Sim</translation>
        </message>
        <message>
            <source>No</source>
            <comment>sticky</comment>
            <translation>Não</translation>
        </message>
        <message>
            <source>Alias</source>
            <translation>Apelido</translation>
        </message>
        <message>
            <source>Order</source>
            <comment>of targets</comment>
            <translation>Ordem</translation>
        </message>
        <message>
            <source>Targets</source>
            <translation>Destinos</translation>
        </message>
        <message>
            <source>Sticky</source>
            <translation>Fixa</translation>
        </message>
        <message>
            <source>Second call after</source>
            <translation>Segunda após</translation>
        </message>
        <message>
            <source>Made</source>
            <comment>a route, when</comment>
            <translation>Criada</translation>
        </message>
    </context>
    <context>
        <name>RoutesView</name>
        <message>
            <source>Routes</source>
            <translation>Rotas</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>An owner of your tenant</source>
            <translation>Um proprietário da sua organização</translation>
        </message>
        <message>
            <source>The routes are not known</source>
            <translation>As rotas não são conhecidas</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Ficam só no servidor, que não está acessível.</translation>
        </message>
        <message>
            <source>No route matches</source>
            <translation>Nenhuma rota corresponde</translation>
        </message>
        <message>
            <source>No routes yet</source>
            <translation>Nenhuma rota ainda</translation>
        </message>
        <message>
            <source>A route is a name that programs give for the model. You say here which models answer to it, and who steps in when one fails, without a change in any program.</source>
            <translation>Uma rota é um nome que os programas informam como modelo. Aqui você diz quais modelos respondem por ele e quem assume quando um falha, sem mudar nenhum programa.</translation>
        </message>
        <message>
            <source>Make a route</source>
            <translation>Criar uma rota</translation>
        </message>
        <message numerus="yes">
            <source>%n route(s)</source>
            <translation>
                <numerusform>%n rota</numerusform>
                <numerusform>%n rotas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n route(s)</source>
            <translation>
                <numerusform>%1 de %n rota</numerusform>
                <numerusform>%1 de %n rotas</numerusform>
            </translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>alterar</translation>
        </message>
        <message>
            <source>copy alias</source>
            <translation>copiar apelido</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>Alias copied</source>
            <translation>Apelido copiado</translation>
        </message>
        <message>
            <source>Route removed</source>
            <translation>Rota removida</translation>
        </message>
        <message>
            <source>Could not remove “%1”</source>
            <translation>Não foi possível remover “%1”</translation>
        </message>
        <message>
            <source>Change route…</source>
            <translation>Alterar rota…</translation>
        </message>
        <message>
            <source>Copy alias</source>
            <translation>Copiar apelido</translation>
        </message>
        <message>
            <source>Remove route</source>
            <translation>Remover rota</translation>
        </message>
        <message>
            <source>New route</source>
            <translation>Nova rota</translation>
        </message>
        <message>
            <source>Search routes</source>
            <translation>Buscar rotas</translation>
        </message>
        <message>
            <source>Change route</source>
            <translation>Alterar rota</translation>
        </message>
        <message>
            <source>Copy alias of route</source>
            <translation>Copiar apelido da rota</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Search alias or model</source>
            <translation>Buscar apelido ou modelo</translation>
        </message>
    </context>
    <context>
        <name>RowExport</name>
        <message>
            <source>Comma-separated values (*.csv)</source>
            <translation>Valores separados por vírgula (*.csv)</translation>
        </message>
        <message>
            <source>JSON (*.json)</source>
            <translation>JSON (*.json)</translation>
        </message>
        <message>
            <source>JSON Lines (*.jsonl)</source>
            <translation>JSON Lines (*.jsonl)</translation>
        </message>
    </context>
    <context>
        <name>RuleEditor</name>
        <message>
            <source>Back to the rules</source>
            <translation>Voltar às regras</translation>
        </message>
        <message>
            <source>Line %1: %2</source>
            <translation>Linha %1: %2</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <comment>a place in the JSON, and what is wrong there</comment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>The JSON cannot be read yet.</source>
            <translation>O JSON ainda não pode ser lido.</translation>
        </message>
        <message>
            <source>Say first whom it is about.</source>
            <translation>Diga primeiro de quem se trata.</translation>
        </message>
        <message>
            <source>Say first what they may or may not do.</source>
            <translation>Diga primeiro o que podem ou não fazer.</translation>
        </message>
        <message>
            <source>The rule is not complete yet.</source>
            <translation>A regra ainda não está completa.</translation>
        </message>
        <message>
            <source>Somebody removed this rule meanwhile. Saving adds it again.</source>
            <translation>Alguém removeu esta regra nesse meio-tempo. Salvar a adiciona de novo.</translation>
        </message>
        <message>
            <source>%1 changed this rule meanwhile. Saving replaces what they wrote.</source>
            <translation>%1 alterou esta regra nesse meio-tempo. Salvar substitui o que foi escrito.</translation>
        </message>
        <message>
            <source>Take theirs</source>
            <translation>Usar a versão atual</translation>
        </message>
        <message>
            <source>Leave without saving?</source>
            <translation>Sair sem salvar?</translation>
        </message>
        <message>
            <source>What you changed in this rule is lost.</source>
            <translation>O que você alterou nesta regra se perde.</translation>
        </message>
        <message>
            <source>Discard changes</source>
            <translation>Descartar alterações</translation>
        </message>
        <message>
            <source>New rule</source>
            <translation>Nova regra</translation>
        </message>
        <message>
            <source>Change rule</source>
            <translation>Alterar regra</translation>
        </message>
        <message>
            <source>Deny goes before allow; the order of rules never matters.</source>
            <translation>Negar vem antes de permitir; a ordem das regras nunca importa.</translation>
        </message>
        <message>
            <source>Add rule</source>
            <translation>Adicionar regra</translation>
        </message>
        <message>
            <source>Save rule</source>
            <translation>Salvar regra</translation>
        </message>
        <message>
            <source>Save the rule</source>
            <translation>Salvar a regra</translation>
        </message>
        <message>
            <source>The same as JSON</source>
            <translation>O mesmo como JSON</translation>
        </message>
        <message>
            <source>Rule as JSON</source>
            <translation>Regra como JSON</translation>
        </message>
    </context>
    <context>
        <name>RuleEffectView</name>
        <message>
            <source>%1 gains “%2” (%3)</source>
            <comment>a person, an ability, how many records</comment>
            <translation>%1 ganha “%2” (%3)</translation>
        </message>
        <message>
            <source>%1 loses “%2”</source>
            <comment>a person and an ability</comment>
            <translation>%1 perde “%2”</translation>
        </message>
        <message>
            <source>%1: “%2” from %3 to %4</source>
            <comment>a person, an ability, how many records before and after</comment>
            <translation>%1: “%2” de %3 para %4</translation>
        </message>
        <message>
            <source>What it changes</source>
            <translation>O que muda</translation>
        </message>
        <message>
            <source>Is worked out as you write.</source>
            <translation>É calculado enquanto você escreve.</translation>
        </message>
        <message numerus="yes">
            <source>Nothing, for any of the %n active person(s).</source>
            <translation>
                <numerusform>Nada, para a única pessoa ativa.</numerusform>
                <numerusform>Nada, para nenhuma das %n pessoas ativas.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It changes something for %1 of %n active person(s).</source>
            <translation>
                <numerusform>Muda algo para %1 de %n pessoa ativa.</numerusform>
                <numerusform>Muda algo para %1 de %n pessoas ativas.</numerusform>
            </translation>
        </message>
        <message>
            <source>You lose something yourself.</source>
            <translation>Você mesmo perde algo.</translation>
        </message>
        <message numerus="yes">
            <source>It locks %n person(s) out of something.</source>
            <translation>
                <numerusform>Tira algo de %n pessoa.</numerusform>
                <numerusform>Tira algo de %n pessoas.</numerusform>
            </translation>
        </message>
        <message>
            <source>and more</source>
            <translation>e mais</translation>
        </message>
        <message>
            <source>being worked out…</source>
            <translation>calculando…</translation>
        </message>
        <message numerus="yes">
            <source>It locks at least %n person(s) out of something.</source>
            <translation>
                <numerusform>Tira algo de pelo menos %n pessoa.</numerusform>
                <numerusform>Tira algo de pelo menos %n pessoas.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RuleForm</name>
        <message>
            <source>Effect</source>
            <translation>Efeito</translation>
        </message>
        <message>
            <source>Subject</source>
            <translation>Assunto</translation>
        </message>
        <message>
            <source>Only certain fields</source>
            <translation>Só certos campos</translation>
        </message>
        <message>
            <source>In force</source>
            <translation>Em vigor</translation>
        </message>
        <message>
            <source>May not</source>
            <translation>Não pode</translation>
        </message>
        <message>
            <source>May</source>
            <translation>Pode</translation>
        </message>
        <message>
            <source>Write it like 2026-12-31 18:00.</source>
            <translation>Escreva como 2026-12-31 18:00.</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Motivo</translation>
        </message>
        <message>
            <source>Shown to whom it refuses something.</source>
            <translation>Mostrado a quem ela recusa algo.</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Quem</translation>
        </message>
        <message>
            <source>When</source>
            <translation>Quando</translation>
        </message>
        <message>
            <source>Valid from</source>
            <translation>Vale desde</translation>
        </message>
        <message>
            <source>Valid until</source>
            <translation>Vale até</translation>
        </message>
        <message>
            <source>Empty: from now on.</source>
            <translation>Vazio: desde já.</translation>
        </message>
        <message>
            <source>Empty: for good.</source>
            <translation>Vazio: para sempre.</translation>
        </message>
        <message>
            <source>Only at certain hours</source>
            <translation>Somente em certos horários</translation>
        </message>
    </context>
    <context>
        <name>RulePane</name>
        <message>
            <source>Rule as JSON</source>
            <translation>Regra como JSON</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Quem</translation>
        </message>
        <message>
            <source>What</source>
            <translation>O quê</translation>
        </message>
        <message>
            <source>Condition</source>
            <translation>Condição</translation>
        </message>
        <message>
            <source>Only the fields</source>
            <translation>Só os campos</translation>
        </message>
        <message>
            <source>Valid from</source>
            <translation>Vale desde</translation>
        </message>
        <message>
            <source>Valid until</source>
            <translation>Vale até</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Alterada</translation>
        </message>
        <message>
            <source>%1 by %2</source>
            <comment>a time and a person</comment>
            <translation>%1 por %2</translation>
        </message>
        <message>
            <source>Turn off</source>
            <translation>Desligar</translation>
        </message>
        <message>
            <source>Turn on</source>
            <translation>Ligar</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Alterar…</translation>
        </message>
        <message>
            <source>Duplicate…</source>
            <translation>Duplicar…</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Remover</translation>
        </message>
        <message>
            <source>Hours</source>
            <translation>Horários</translation>
        </message>
    </context>
    <context>
        <name>RulesModel</name>
        <message>
            <source>%1: %2</source>
            <comment>a subject and its actions</comment>
            <translation>%1: %2</translation>
        </message>
        <message>
            <source>Effect</source>
            <translation>Efeito</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Motivo</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Quem</translation>
        </message>
        <message>
            <source>What</source>
            <translation>O quê</translation>
        </message>
        <message>
            <source>Condition</source>
            <translation>Condição</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Alterada</translation>
        </message>
        <message>
            <source>all</source>
            <translation>todos</translation>
        </message>
        <message>
            <source>Fields</source>
            <translation>Campos</translation>
        </message>
        <message>
            <source>Valid from</source>
            <translation>Válida de</translation>
        </message>
        <message>
            <source>Valid until</source>
            <translation>Válida até</translation>
        </message>
    </context>
    <context>
        <name>RulesView</name>
        <message>
            <source>Effect</source>
            <translation>Efeito</translation>
        </message>
        <message>
            <source>Subject</source>
            <translation>Assunto</translation>
        </message>
        <message>
            <source>Rules</source>
            <translation>Regras</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>The rules are not known</source>
            <translation>As regras não são conhecidas</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Elas ficam só no servidor, que não pode ser alcançado.</translation>
        </message>
        <message>
            <source>No rules yet</source>
            <translation>Ainda não há regras</translation>
        </message>
        <message>
            <source>Roles say what people may do. A rule allows more or forbids some of it, for certain people, records, fields or times, and takes effect within a second.</source>
            <translation>As funções dizem o que as pessoas podem fazer. Uma regra permite mais ou proíbe parte disso, para certas pessoas, registros, campos ou horários, e passa a valer em até um segundo.</translation>
        </message>
        <message>
            <source>Add rule</source>
            <translation>Adicionar regra</translation>
        </message>
        <message>
            <source>No rule matches</source>
            <translation>Nenhuma regra corresponde</translation>
        </message>
        <message numerus="yes">
            <source>%n rule(s)</source>
            <translation>
                <numerusform>%n regra</numerusform>
                <numerusform>%n regras</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n rule(s)</source>
            <translation>
                <numerusform>%1 de %n regra</numerusform>
                <numerusform>%1 de %n regras</numerusform>
            </translation>
        </message>
        <message>
            <source>Could not change the rule</source>
            <translation>Não foi possível alterar a regra</translation>
        </message>
        <message>
            <source>Could not remove the rule</source>
            <translation>Não foi possível remover a regra</translation>
        </message>
        <message>
            <source>Rule removed</source>
            <translation>Regra removida</translation>
        </message>
        <message>
            <source>Could not bring the rule back</source>
            <translation>Não foi possível trazer a regra de volta</translation>
        </message>
        <message>
            <source>Search rules</source>
            <translation>Buscar regras</translation>
        </message>
        <message>
            <source>Change rule</source>
            <translation>Alterar regra</translation>
        </message>
        <message>
            <source>Turn rule off</source>
            <translation>Desligar regra</translation>
        </message>
        <message>
            <source>Turn rule on</source>
            <translation>Ligar regra</translation>
        </message>
        <message>
            <source>Duplicate rule</source>
            <translation>Duplicar regra</translation>
        </message>
        <message>
            <source>Remove rule</source>
            <translation>Remover regra</translation>
        </message>
        <message>
            <source>Search by reason, person or condition</source>
            <translation>Buscar por motivo, pessoa ou condição</translation>
        </message>
        <message>
            <source>Any effect</source>
            <translation>Qualquer efeito</translation>
        </message>
        <message>
            <source>All subjects</source>
            <translation>Todos os assuntos</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Rule changed</source>
            <translation>Regra alterada</translation>
        </message>
        <message>
            <source>Rule added</source>
            <translation>Regra adicionada</translation>
        </message>
        <message>
            <source>It takes effect everywhere within a second.</source>
            <translation>Passa a valer em toda parte em até um segundo.</translation>
        </message>
        <message>
            <source>Could not undo the change of the rule</source>
            <translation>Não foi possível desfazer a alteração da regra</translation>
        </message>
        <message>
            <source>Any state</source>
            <translation>Qualquer estado</translation>
        </message>
    </context>
    <context>
        <name>RunDialog</name>
        <message>
            <source>Start a run</source>
            <translation>Iniciar rodada</translation>
        </message>
        <message>
            <source>Dataset</source>
            <translation>Dataset</translation>
        </message>
        <message>
            <source>Answers to each case</source>
            <translation>Respostas por caso</translation>
        </message>
        <message>
            <source>Only cases tagged</source>
            <translation>Só casos com as etiquetas</translation>
        </message>
        <message>
            <source>Baseline</source>
            <translation>Referência</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Ask the models anew</source>
            <translation>Perguntar de novo aos modelos</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Versions</source>
            <translation>Versões</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>Comparar com</translation>
        </message>
        <message>
            <source>None ticked: each version is asked with its own model.</source>
            <translation>Nenhum marcado: cada versão usa o próprio modelo.</translation>
        </message>
        <message>
            <source>Separated by commas. Empty: all cases.</source>
            <translation>Separadas por vírgulas. Vazio: todos os casos.</translation>
        </message>
        <message>
            <source>Nothing</source>
            <comment>no baseline</comment>
            <translation>Nada</translation>
        </message>
        <message>
            <source>optional</source>
            <translation>opcional</translation>
        </message>
        <message>
            <source>Ask the models anew, also where an answer is in the cache</source>
            <translation>Perguntar de novo aos modelos, mesmo com resposta no cache</translation>
        </message>
        <message>
            <source>Start run</source>
            <translation>Iniciar rodada</translation>
        </message>
        <message>
            <source>Choose a dataset to see how many calls this makes.</source>
            <translation>Escolha um dataset para ver quantas chamadas isto faz.</translation>
        </message>
        <message>
            <source>A whole number from 1 to %1</source>
            <translation>Um número inteiro de 1 a %1</translation>
        </message>
        <message>
            <source>This dataset has no cases yet.</source>
            <translation>Este dataset ainda não tem casos.</translation>
        </message>
        <message>
            <source>1 to %1; several even out chance.</source>
            <translation>De 1 a %1; várias reduzem o acaso.</translation>
        </message>
        <message>
            <source>An earlier run, to see what changed.</source>
            <translation>Uma execução anterior para comparar.</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n caso</numerusform>
                <numerusform>%n casos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n column(s)</source>
            <translation>
                <numerusform>%n coluna</numerusform>
                <numerusform>%n colunas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s)</source>
            <translation>
                <numerusform>%n resposta</numerusform>
                <numerusform>%n respostas</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 = %2, less what is in the cache.</source>
            <translation>%1 = %2, menos o que estiver em cache.</translation>
        </message>
        <message>
            <source>%1 = at most %2: only tagged cases count.</source>
            <translation>%1 = no máximo %2: só contam casos com essas etiquetas.</translation>
        </message>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n chamada</numerusform>
                <numerusform>%n chamadas</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RunFileDialog</name>
        <message>
            <source>Row</source>
            <translation>Linha</translation>
        </message>
        <message>
            <source>Problem</source>
            <translation>Problema</translation>
        </message>
        <message>
            <source>Run over a file</source>
            <translation>Executar sobre um arquivo</translation>
        </message>
        <message>
            <source>Choose file…</source>
            <translation>Escolher arquivo…</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Priority</source>
            <translation>Prioridade</translation>
        </message>
        <message>
            <source>Rows of the file</source>
            <translation>Linhas do arquivo</translation>
        </message>
        <message>
            <source>CSV, whose first line names the variables, or JSON Lines. It may be dropped here.</source>
            <translation>CSV, cuja primeira linha nomeia as variáveis, ou JSON Lines. Pode ser solto aqui.</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Executar</translation>
        </message>
        <message>
            <source>Type a part of the name</source>
            <translation>Digite uma parte do nome</translation>
        </message>
        <message>
            <source>The template&apos;s own</source>
            <translation>O do modelo de prompt</translation>
        </message>
        <message>
            <source>The template&apos;s own: %1</source>
            <translation>O do modelo de prompt: %1</translation>
        </message>
        <message>
            <source>Rows (*.csv *.jsonl *.ndjson)</source>
            <translation>Linhas (*.csv *.jsonl *.ndjson)</translation>
        </message>
        <message>
            <source>Reading the file…</source>
            <translation>Lendo o arquivo…</translation>
        </message>
        <message>
            <source>No file yet</source>
            <translation>Nenhum arquivo ainda</translation>
        </message>
        <message>
            <source>Each row is one run of the template. At most %1 rows at once.</source>
            <translation>Cada linha é uma execução do modelo de prompt. No máximo %1 linhas de uma vez.</translation>
        </message>
        <message numerus="yes">
            <source>%n row(s) refused</source>
            <translation>
                <numerusform>%n linha recusada</numerusform>
                <numerusform>%n linhas recusadas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s), the first %1 are shown</source>
            <translation>
                <numerusform>%n linha, as primeiras %1 são mostradas</numerusform>
                <numerusform>%n linhas, as primeiras %1 são mostradas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n row(s)</source>
            <translation>
                <numerusform>%n linha</numerusform>
                <numerusform>%n linhas</numerusform>
            </translation>
        </message>
        <message>
            <source>about %1 tokens to ask</source>
            <translation>cerca de %1 tokens para perguntar</translation>
        </message>
        <message>
            <source>about %1, and up to %2 for the answers</source>
            <translation>cerca de %1, e até %2 pelas respostas</translation>
        </message>
        <message>
            <source>about %1, and what the answers cost</source>
            <translation>cerca de %1, mais o custo das respostas</translation>
        </message>
        <message>
            <source>the model&apos;s price is not known</source>
            <translation>o preço do modelo não é conhecido</translation>
        </message>
        <message>
            <source>The file lacks what the template needs: %1.</source>
            <translation>Falta no arquivo o que o modelo de prompt precisa: %1.</translation>
        </message>
        <message>
            <source>The template has no variable named %1. The server may refuse the rows.</source>
            <translation>O modelo de prompt não tem variável chamada %1. O servidor pode recusar as linhas.</translation>
        </message>
        <message numerus="yes">
            <source>Run %n row(s)</source>
            <translation>
                <numerusform>Executar %n linha</numerusform>
                <numerusform>Executar %n linhas</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was queued. Correct these rows in the file and choose it again.</source>
            <translation>Nada entrou na fila. Corrija estas linhas no arquivo e escolha-o de novo.</translation>
        </message>
    </context>
    <context>
        <name>RunMatrixView</name>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>The run&apos;s own baseline</source>
            <translation>A referência da própria rodada</translation>
        </message>
        <message>
            <source>Nothing</source>
            <comment>no baseline</comment>
            <translation>Nada</translation>
        </message>
        <message>
            <source>%1 (its own)</source>
            <translation>%1 (a própria)</translation>
        </message>
        <message>
            <source>Column %1</source>
            <translation>Coluna %1</translation>
        </message>
        <message>
            <source>The run could not be cancelled</source>
            <translation>Não foi possível cancelar a rodada</translation>
        </message>
        <message>
            <source>Export the matrix</source>
            <translation>Exportar a matriz</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s) exported</source>
            <translation>
                <numerusform>%n caso exportado</numerusform>
                <numerusform>%n casos exportados</numerusform>
            </translation>
        </message>
        <message>
            <source>The matrix could not be exported</source>
            <translation>Não foi possível exportar a matriz</translation>
        </message>
        <message>
            <source>Back to the runs</source>
            <translation>Voltar às rodadas</translation>
        </message>
        <message>
            <source>Back to the matrix</source>
            <translation>Voltar à matriz</translation>
        </message>
        <message>
            <source>Compare outputs</source>
            <translation>Comparar saídas</translation>
        </message>
        <message>
            <source>Run this dataset again</source>
            <translation>Executar este dataset de novo</translation>
        </message>
        <message>
            <source>Cancel run</source>
            <translation>Cancelar rodada</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Next difference</source>
            <translation>Próxima diferença</translation>
        </message>
        <message>
            <source>Previous difference</source>
            <translation>Diferença anterior</translation>
        </message>
        <message>
            <source>No failure in what is loaded</source>
            <translation>Nenhuma falha no que foi carregado</translation>
        </message>
        <message>
            <source>No failure</source>
            <translation>Nenhuma falha</translation>
        </message>
        <message>
            <source>Next failure or regression</source>
            <translation>Próxima falha ou regressão</translation>
        </message>
        <message>
            <source>Previous failure or regression</source>
            <translation>Falha ou regressão anterior</translation>
        </message>
        <message>
            <source>Show all cases</source>
            <translation>Mostrar todos os casos</translation>
        </message>
        <message>
            <source>Show failures</source>
            <translation>Mostrar falhas</translation>
        </message>
        <message>
            <source>Show regressions</source>
            <translation>Mostrar regressões</translation>
        </message>
        <message>
            <source>Show improvements</source>
            <translation>Mostrar melhoras</translation>
        </message>
        <message>
            <source>The run is not known</source>
            <translation>A rodada não é conhecida</translation>
        </message>
        <message>
            <source>The server cannot be reached.</source>
            <translation>Não é possível alcançar o servidor.</translation>
        </message>
        <message>
            <source>Nothing failed</source>
            <translation>Nada falhou</translation>
        </message>
        <message>
            <source>No case of this run has a failure.</source>
            <translation>Nenhum caso desta rodada tem falha.</translation>
        </message>
        <message>
            <source>No regressions</source>
            <translation>Nenhuma regressão</translation>
        </message>
        <message>
            <source>No case does worse than in the baseline.</source>
            <translation>Nenhum caso se sai pior que na referência.</translation>
        </message>
        <message>
            <source>No case matches</source>
            <translation>Nenhum caso corresponde</translation>
        </message>
        <message>
            <source>No cases</source>
            <translation>Nenhum caso</translation>
        </message>
        <message>
            <source>The run has no cases.</source>
            <translation>A rodada não tem casos.</translation>
        </message>
        <message>
            <source>Beside the baseline: %1, %2.</source>
            <translation>Ante a referência: %1, %2.</translation>
        </message>
        <message numerus="yes">
            <source>%n regression(s)</source>
            <translation>
                <numerusform>%n regressão</numerusform>
                <numerusform>%n regressões</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n improvement(s)</source>
            <translation>
                <numerusform>%n melhora</numerusform>
                <numerusform>%n melhoras</numerusform>
            </translation>
        </message>
        <message>
            <source>%1: the baseline has no such column.</source>
            <translation>%1: a referência não tem essa coluna.</translation>
        </message>
        <message numerus="yes">
            <source>%1: score %2 → %3 over %n case(s)</source>
            <translation>
                <numerusform>%1: nota %2 → %3 em %n caso</numerusform>
                <numerusform>%1: nota %2 → %3 em %n casos</numerusform>
            </translation>
        </message>
        <message>
            <source>; more than chance (p = %1)</source>
            <translation>; mais que acaso (p = %1)</translation>
        </message>
        <message>
            <source>; may be chance (p = %1)</source>
            <translation>; pode ser acaso (p = %1)</translation>
        </message>
        <message numerus="yes">
            <source>%n case(s)</source>
            <translation>
                <numerusform>%n caso</numerusform>
                <numerusform>%n casos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n column(s)</source>
            <translation>
                <numerusform>%n coluna</numerusform>
                <numerusform>%n colunas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) each</source>
            <translation>
                <numerusform>%n resposta cada</numerusform>
                <numerusform>%n respostas cada</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 of %2 answers</source>
            <translation>%1 de %2 respostas</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Rodada</translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n case(s)</source>
            <translation>
                <numerusform>%1 de %n caso</numerusform>
                <numerusform>%1 de %n casos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The first %n case(s)</source>
            <translation>
                <numerusform>O primeiro %n caso</numerusform>
                <numerusform>Os primeiros %n casos</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n answer(s) failed</source>
            <translation>
                <numerusform>%n resposta reprovada</numerusform>
                <numerusform>%n respostas reprovadas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n did not come</source>
            <comment>answers</comment>
            <translation>
                <numerusform>%n não veio</numerusform>
                <numerusform>%n não vieram</numerusform>
            </translation>
        </message>
        <message>
            <source>next difference</source>
            <translation>próxima diferença</translation>
        </message>
        <message>
            <source>back</source>
            <translation>voltar</translation>
        </message>
        <message>
            <source>answers</source>
            <translation>respostas</translation>
        </message>
        <message>
            <source>compare outputs</source>
            <translation>comparar saídas</translation>
        </message>
        <message>
            <source>next failure</source>
            <translation>próxima falha</translation>
        </message>
        <message>
            <source>Cancel the run and its jobs</source>
            <translation>Cancelar a rodada e suas execuções</translation>
        </message>
        <message>
            <source>Run again…</source>
            <translation>Executar de novo…</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mais</translation>
        </message>
        <message>
            <source>Export the matrix…</source>
            <translation>Exportar a matriz…</translation>
        </message>
        <message>
            <source>Show the dataset</source>
            <translation>Mostrar o dataset</translation>
        </message>
        <message>
            <source>Copy the run&apos;s ID</source>
            <translation>Copiar o ID da rodada</translation>
        </message>
        <message>
            <source>Which cases</source>
            <translation>Quais casos</translation>
        </message>
        <message>
            <source>All</source>
            <comment>cases</comment>
            <translation>Todos</translation>
        </message>
        <message>
            <source>Failures</source>
            <translation>Falhas</translation>
        </message>
        <message>
            <source>Regressions</source>
            <translation>Regressões</translation>
        </message>
        <message>
            <source>Improvements</source>
            <translation>Melhoras</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>Etiqueta</translation>
        </message>
        <message>
            <source>Compare with</source>
            <translation>Comparar com</translation>
        </message>
        <message>
            <source>Matrix of the run</source>
            <translation>Matriz da rodada</translation>
        </message>
    </context>
    <context>
        <name>RunNotices</name>
        <message>
            <source>Choose another model, or ask an owner to look at the key.</source>
            <translation>Escolha outro modelo ou peça a um proprietário que verifique a chave.</translation>
        </message>
        <message>
            <source>Run it again in a while, or choose another model.</source>
            <translation>Execute de novo daqui a pouco ou escolha outro modelo.</translation>
        </message>
        <message>
            <source>Change the prompt or the parameters of the model.</source>
            <translation>Mude o prompt ou os parâmetros do modelo.</translation>
        </message>
        <message>
            <source>Choose another model, or ask an owner to give the server a key for this one.</source>
            <translation>Escolha outro modelo ou peça a um proprietário que dê ao servidor uma chave para este.</translation>
        </message>
        <message>
            <source>Choose another model.</source>
            <translation>Escolha outro modelo.</translation>
        </message>
        <message>
            <source>Choose a model of another provider until the account is topped up.</source>
            <translation>Escolha um modelo de outro provedor até que a conta receba saldo.</translation>
        </message>
        <message>
            <source>Ask for less, or limit the tokens of the answer.</source>
            <translation>Peça menos ou limite os tokens da resposta.</translation>
        </message>
        <message>
            <source>The connection is gone. The run goes on at the server, and its answer appears when the connection is back.</source>
            <translation>A conexão caiu. A execução continua no servidor, e a resposta aparece quando a conexão voltar.</translation>
        </message>
        <message>
            <source>Attempt %1 of %2 follows in %3</source>
            <translation>A tentativa %1 de %2 vem em %3</translation>
        </message>
        <message>
            <source>The answer was cut off at the most tokens that are allowed. Raise the limit in the parameters of the model.</source>
            <translation>A resposta foi cortada no máximo de tokens permitido. Aumente o limite nos parâmetros do modelo.</translation>
        </message>
        <message>
            <source>Stopped. The text so far is kept.</source>
            <translation>Parada. O texto até aqui fica.</translation>
        </message>
        <message numerus="yes">
            <source>Tried %n time(s)</source>
            <translation>
                <numerusform>Tentou %n vez</numerusform>
                <numerusform>Tentou %n vezes</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing was run. Run it again when the server answers</source>
            <translation>Nada foi executado. Execute de novo quando o servidor responder</translation>
        </message>
    </context>
    <context>
        <name>RunPanel</name>
        <message>
            <source>Output</source>
            <translation>Saída</translation>
        </message>
        <message>
            <source>from the cache</source>
            <translation>do cache</translation>
        </message>
        <message>
            <source>%1 in · %2 out</source>
            <comment>tokens</comment>
            <translation>%1 entram · %2 saem</translation>
        </message>
        <message>
            <source>first word after %1</source>
            <translation>primeira palavra após %1</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Parar</translation>
        </message>
        <message>
            <source>Open job</source>
            <translation>Abrir execução</translation>
        </message>
        <message>
            <source>Run the prompt to see the answer here.</source>
            <translation>Execute o prompt para ver a resposta aqui.</translation>
        </message>
        <message>
            <source>attempt %1 of %2</source>
            <translation>tentativa %1 de %2</translation>
        </message>
        <message>
            <source>Run again</source>
            <translation>Executar de novo</translation>
        </message>
        <message>
            <source>Stop the run</source>
            <translation>Parar a execução</translation>
        </message>
    </context>
    <context>
        <name>RunVersions</name>
        <message>
            <source>Add a version</source>
            <translation>Adicionar versão</translation>
        </message>
        <message>
            <source>Choose a template</source>
            <translation>Escolha um prompt</translation>
        </message>
        <message>
            <source>Latest (version %1)</source>
            <translation>Mais recente (versão %1)</translation>
        </message>
        <message>
            <source>Latest version</source>
            <translation>Versão mais recente</translation>
        </message>
        <message>
            <source>Version %1</source>
            <translation>Versão %1</translation>
        </message>
        <message>
            <source>Template %1</source>
            <translation>Modelo de prompt %1</translation>
        </message>
        <message>
            <source>Version of template %1</source>
            <translation>Versão do modelo de prompt %1</translation>
        </message>
        <message>
            <source>Leave out version %1</source>
            <translation>Deixar de fora a versão %1</translation>
        </message>
    </context>
    <context>
        <name>RunsModel</name>
        <message>
            <source>%1 of %2</source>
            <comment>answers</comment>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>%1 done</source>
            <translation>%1 concluído</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Rodada</translation>
        </message>
        <message>
            <source>Dataset</source>
            <translation>Dataset</translation>
        </message>
        <message>
            <source>Answers</source>
            <translation>Respostas</translation>
        </message>
        <message>
            <source>Passed</source>
            <translation>Aprovadas</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Reprovadas</translation>
        </message>
        <message>
            <source>No answer</source>
            <translation>Sem resposta</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Started by</source>
            <translation>Iniciada por</translation>
        </message>
        <message>
            <source>Started</source>
            <comment>when</comment>
            <translation>Iniciada</translation>
        </message>
    </context>
    <context>
        <name>RunsView</name>
        <message>
            <source>State</source>
            <translation>Estado</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Abrir</translation>
        </message>
        <message>
            <source>Run this dataset…</source>
            <translation>Executar este dataset…</translation>
        </message>
        <message>
            <source>Cancel run</source>
            <translation>Cancelar rodada</translation>
        </message>
        <message>
            <source>Remove run</source>
            <translation>Remover rodada</translation>
        </message>
        <message>
            <source>No runs yet</source>
            <translation>Ainda não há rodadas</translation>
        </message>
        <message>
            <source>A run asks versions of templates with models about the cases of a dataset, and shows case by case how well each does.</source>
            <translation>Uma rodada submete os casos de um dataset a versões de modelos de prompt com modelos e mostra, caso a caso, como cada uma se sai.</translation>
        </message>
        <message>
            <source>Start a run</source>
            <translation>Iniciar rodada</translation>
        </message>
        <message>
            <source>No run matches</source>
            <translation>Nenhuma rodada corresponde</translation>
        </message>
        <message>
            <source>The runs are not known</source>
            <translation>As rodadas não são conhecidas</translation>
        </message>
        <message>
            <source>Search name</source>
            <translation>Buscar nome</translation>
        </message>
        <message>
            <source>Evaluation runs</source>
            <translation>Rodadas de avaliação</translation>
        </message>
        <message numerus="yes">
            <source>The newest %n run(s)</source>
            <translation>
                <numerusform>A %n rodada mais recente</numerusform>
                <numerusform>As %n rodadas mais recentes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n run(s)</source>
            <translation>
                <numerusform>%n rodada</numerusform>
                <numerusform>%n rodadas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n running</source>
            <translation>
                <numerusform>%n em execução</numerusform>
                <numerusform>%n em execução</numerusform>
            </translation>
        </message>
        <message>
            <source>open</source>
            <translation>abrir</translation>
        </message>
        <message>
            <source>start</source>
            <translation>iniciar</translation>
        </message>
        <message>
            <source>cancel or remove</source>
            <translation>cancelar ou remover</translation>
        </message>
        <message>
            <source>Could not cancel “%1”</source>
            <translation>Não foi possível cancelar “%1”</translation>
        </message>
        <message>
            <source>Run cancelled</source>
            <translation>Rodada cancelada</translation>
        </message>
        <message>
            <source>Run removed</source>
            <translation>Rodada removida</translation>
        </message>
        <message>
            <source>Could not remove “%1”</source>
            <translation>Não foi possível remover “%1”</translation>
        </message>
        <message>
            <source>Ask versions and models about a dataset</source>
            <translation>Submeter um dataset a versões e modelos</translation>
        </message>
        <message>
            <source>All</source>
            <comment>runs</comment>
            <translation>Todas</translation>
        </message>
        <message>
            <source>Running</source>
            <comment>runs</comment>
            <translation>Em execução</translation>
        </message>
        <message>
            <source>Completed</source>
            <comment>runs</comment>
            <translation>Concluídas</translation>
        </message>
    </context>
    <context>
        <name>SaveVersionDialog</name>
        <message>
            <source>Save version %1</source>
            <translation>Salvar versão %1</translation>
        </message>
        <message>
            <source>What changed</source>
            <translation>O que mudou</translation>
        </message>
        <message>
            <source>One line for those who read the list of versions. May stay empty.</source>
            <translation>Uma linha para quem lê a lista de versões. Pode ficar vazia.</translation>
        </message>
        <message>
            <source>Save version</source>
            <translation>Salvar versão</translation>
        </message>
    </context>
    <context>
        <name>SaveViewDialog</name>
        <message>
            <source>Save this view</source>
            <translation>Salvar esta visão</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Save view</source>
            <translation>Salvar visão</translation>
        </message>
        <message>
            <source>Takes the place of the view of that name.</source>
            <translation>Substitui a visão com esse nome.</translation>
        </message>
        <message>
            <source>Filters as they are now, for you on this computer.</source>
            <translation>Os filtros como estão agora, para você neste computador.</translation>
        </message>
    </context>
    <context>
        <name>ScheduleDialog</name>
        <message>
            <source>When %1 runs</source>
            <translation>Quando %1 executa</translation>
        </message>
        <message>
            <source>Priority</source>
            <translation>Prioridade</translation>
        </message>
        <message>
            <source>Of jobs that may begin, those of high priority do so first.</source>
            <translation>Das execuções que podem começar, as de prioridade alta começam antes.</translation>
        </message>
        <message>
            <source>Not before</source>
            <translation>Não antes de</translation>
        </message>
        <message>
            <source>A time that has passed: as soon as there is room.</source>
            <translation>Um horário que já passou: assim que houver vaga.</translation>
        </message>
        <message>
            <source>Change job</source>
            <translation>Mudar execução</translation>
        </message>
    </context>
    <context>
        <name>SchemaEditor</name>
        <message>
            <source>Form or JSON</source>
            <translation>Formulário ou JSON</translation>
        </message>
        <message>
            <source>Describe the variables</source>
            <translation>Descrever as variáveis</translation>
        </message>
        <message>
            <source>%1 %2</source>
            <comment>a place in the schema, and what is wrong there</comment>
            <translation>%1 %2</translation>
        </message>
        <message>
            <source>The schema</source>
            <translation>O esquema</translation>
        </message>
        <message>
            <source>Line %1: %2</source>
            <translation>Linha %1: %2</translation>
        </message>
        <message>
            <source>Names that are not described here are marked in the editor, and a run is checked against the types. Without a description, {{input}} stands for everything that is passed in.</source>
            <translation>Nomes que não são descritos aqui ficam marcados no editor, e cada execução é conferida com os tipos. Sem descrição, {{input}} representa tudo o que é passado.</translation>
        </message>
        <message>
            <source>Form</source>
            <translation>Formulário</translation>
        </message>
        <message>
            <source>Add variable</source>
            <translation>Adicionar variável</translation>
        </message>
        <message>
            <source>Schema as JSON</source>
            <translation>Esquema em JSON</translation>
        </message>
        <message>
            <source>Describe %1</source>
            <translation>Descrever %1</translation>
        </message>
    </context>
    <context>
        <name>SchemaForm</name>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>Tipo</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descrição</translation>
        </message>
        <message>
            <source>Name of the variable</source>
            <translation>Nome da variável</translation>
        </message>
        <message>
            <source>Type of %1</source>
            <translation>Tipo de %1</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Texto</translation>
        </message>
        <message>
            <source>Choice</source>
            <translation>Escolha</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Número</translation>
        </message>
        <message>
            <source>Whole number</source>
            <translation>Número inteiro</translation>
        </message>
        <message>
            <source>Yes or no</source>
            <translation>Sim ou não</translation>
        </message>
        <message>
            <source>List</source>
            <translation>Lista</translation>
        </message>
        <message>
            <source>Object</source>
            <translation>Objeto</translation>
        </message>
        <message>
            <source>Description of %1</source>
            <translation>Descrição de %1</translation>
        </message>
        <message>
            <source>Required</source>
            <translation>Obrigatória</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Remover %1</translation>
        </message>
        <message>
            <source>one</source>
            <translation>uma</translation>
        </message>
        <message>
            <source>another</source>
            <translation>outra</translation>
        </message>
        <message>
            <source>Choices of %1</source>
            <translation>Opções de %1</translation>
        </message>
        <message>
            <source>apart by commas</source>
            <translation>separadas por vírgulas</translation>
        </message>
        <message>
            <source>Choices</source>
            <translation>Opções</translation>
        </message>
    </context>
    <context>
        <name>SearchField</name>
        <message>
            <source>Clear</source>
            <translation>Limpar</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>Buscar</translation>
        </message>
    </context>
    <context>
        <name>SecondFactorDialog</name>
        <message>
            <source>Set up a second factor</source>
            <translation>Configurar um segundo fator</translation>
        </message>
        <message>
            <source>Scan this with an authenticator app, such as Aegis, Google Authenticator or 1Password. From then on it shows a new code every 30 seconds.</source>
            <translation>Leia isto com um aplicativo autenticador, como Aegis, Google Authenticator ou 1Password. A partir daí ele mostra um código novo a cada 30 segundos.</translation>
        </message>
        <message>
            <source>QR code for the authenticator app; the same stands below as text</source>
            <translation>Código QR para o aplicativo autenticador; o mesmo está abaixo como texto</translation>
        </message>
        <message>
            <source>Secret for the authenticator app</source>
            <translation>Segredo para o aplicativo autenticador</translation>
        </message>
        <message>
            <source>Or type this into the app:</source>
            <translation>Ou digite isto no aplicativo:</translation>
        </message>
        <message>
            <source>The code that the app shows now</source>
            <translation>O código que o aplicativo mostra agora</translation>
        </message>
        <message>
            <source>Turn on</source>
            <translation>Ativar</translation>
        </message>
    </context>
    <context>
        <name>SecuritySection</name>
        <message>
            <source>The other sessions have ended</source>
            <translation>As outras sessões foram encerradas</translation>
        </message>
        <message>
            <source>The session has ended</source>
            <translation>A sessão foi encerrada</translation>
        </message>
        <message>
            <source>Security</source>
            <translation>Segurança</translation>
        </message>
        <message>
            <source>Second factor</source>
            <translation>Segundo fator</translation>
        </message>
        <message>
            <source>Set up…</source>
            <translation>Configurar…</translation>
        </message>
        <message>
            <source>New recovery codes…</source>
            <translation>Novos códigos…</translation>
        </message>
        <message>
            <source>Turn off…</source>
            <translation>Desativar…</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Senha</translation>
        </message>
        <message>
            <source>Changing it ends your other sessions.</source>
            <translation>Trocá-la encerra suas outras sessões.</translation>
        </message>
        <message>
            <source>Change password…</source>
            <translation>Trocar senha…</translation>
        </message>
        <message>
            <source>Where you are signed in</source>
            <translation>Onde você está conectado</translation>
        </message>
        <message>
            <source>Not known while the server cannot be reached.</source>
            <translation>Desconhecido enquanto o servidor não responde.</translation>
        </message>
        <message>
            <source>Off. Your password alone lets you in.</source>
            <translation>Desativado. Só a sua senha já deixa entrar.</translation>
        </message>
        <message numerus="yes">
            <source>On since %1. %n recovery codes are left.</source>
            <translation>
                <numerusform>Ativado desde %1. Resta %n código de recuperação.</numerusform>
                <numerusform>Ativado desde %1. Restam %n códigos de recuperação.</numerusform>
            </translation>
        </message>
        <message>
            <source>Your tenant demands a second factor. Set it up to go on.</source>
            <translation>Sua organização exige um segundo fator. Configure-o para continuar.</translation>
        </message>
        <message>
            <source>Set up a second factor</source>
            <translation>Configurar um segundo fator</translation>
        </message>
        <message>
            <source>First confirm that it is you. You need an authenticator app at hand.</source>
            <translation>Primeiro confirme que é você. Tenha um aplicativo autenticador à mão.</translation>
        </message>
        <message>
            <source>Your password</source>
            <translation>Sua senha</translation>
        </message>
        <message>
            <source>Continue</source>
            <translation>Continuar</translation>
        </message>
        <message>
            <source>The second factor is on</source>
            <translation>O segundo fator está ativado</translation>
        </message>
        <message>
            <source>Make new recovery codes</source>
            <translation>Criar novos códigos de recuperação</translation>
        </message>
        <message>
            <source>Those that are left are no longer good afterwards. Confirm with your password and a code.</source>
            <translation>Os que restam deixam de valer. Confirme com sua senha e um código.</translation>
        </message>
        <message>
            <source>Code of the app, or a recovery code</source>
            <translation>Código do aplicativo ou de recuperação</translation>
        </message>
        <message>
            <source>Make new codes</source>
            <translation>Criar novos códigos</translation>
        </message>
        <message>
            <source>The old recovery codes are no longer good</source>
            <translation>Os códigos de recuperação antigos não valem mais</translation>
        </message>
        <message>
            <source>Turn off the second factor</source>
            <translation>Desativar o segundo fator</translation>
        </message>
        <message>
            <source>Your password alone lets you in afterwards. Confirm with your password and a code.</source>
            <translation>Depois, só a sua senha já deixa entrar. Confirme com sua senha e um código.</translation>
        </message>
        <message>
            <source>Turn off</source>
            <translation>Desativar</translation>
        </message>
        <message>
            <source>The second factor is off</source>
            <translation>O segundo fator está desativado</translation>
        </message>
        <message>
            <source>Change your password</source>
            <translation>Trocar sua senha</translation>
        </message>
        <message>
            <source>Your other sessions end. This one goes on.</source>
            <translation>Suas outras sessões são encerradas. Esta continua.</translation>
        </message>
        <message>
            <source>Present password</source>
            <translation>Senha atual</translation>
        </message>
        <message>
            <source>New password</source>
            <translation>Nova senha</translation>
        </message>
        <message>
            <source>12 characters or more.</source>
            <translation>12 caracteres ou mais.</translation>
        </message>
        <message>
            <source>Change password</source>
            <translation>Trocar senha</translation>
        </message>
        <message>
            <source>The password is changed</source>
            <translation>A senha foi trocada</translation>
        </message>
        <message>
            <source>That did not work</source>
            <translation>Não deu certo</translation>
        </message>
    </context>
    <context>
        <name>SessionRows</name>
        <message>
            <source>Nowhere at the moment</source>
            <translation>Em lugar nenhum no momento</translation>
        </message>
        <message>
            <source>End all others</source>
            <translation>Encerrar todas as outras</translation>
        </message>
        <message>
            <source>Unknown device</source>
            <translation>Dispositivo desconhecido</translation>
        </message>
        <message>
            <source>This session · %1 · since %2</source>
            <translation>Esta sessão · %1 · desde %2</translation>
        </message>
        <message>
            <source>%1 · since %2 · last used %3</source>
            <translation>%1 · desde %2 · último uso %3</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Encerrar</translation>
        </message>
        <message>
            <source>End the session of %1</source>
            <translation>Encerrar a sessão de %1</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation>Configurações</translation>
        </message>
        <message>
            <source>General</source>
            <translation>Geral</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>Aparência</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Idioma</translation>
        </message>
        <message>
            <source>Texts, and how numbers and dates are written.</source>
            <translation>Os textos e a escrita de números e datas.</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Tema</translation>
        </message>
        <message>
            <source>System follows the light or dark setting of your desktop.</source>
            <translation>Sistema segue a preferência clara ou escura da sua área de trabalho.</translation>
        </message>
        <message>
            <source>Row height</source>
            <translation>Altura das linhas</translation>
        </message>
        <message>
            <source>How much fits into tables.</source>
            <translation>Quanto cabe nas tabelas.</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Tamanho do texto</translation>
        </message>
        <message>
            <source>Also with Ctrl + and Ctrl −.</source>
            <translation>Também com Ctrl + e Ctrl −.</translation>
        </message>
        <message>
            <source>Reduce motion</source>
            <translation>Reduzir movimento</translation>
        </message>
        <message>
            <source>Nothing slides or fades.</source>
            <translation>Nada desliza nem esmaece.</translation>
        </message>
        <message>
            <source>Like the system</source>
            <translation>Como o sistema</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Sistema</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Claro</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Escuro</translation>
        </message>
        <message>
            <source>Compact</source>
            <translation>Compacta</translation>
        </message>
        <message>
            <source>Normal</source>
            <translation>Normal</translation>
        </message>
        <message>
            <source>Roomy</source>
            <translation>Ampla</translation>
        </message>
        <message>
            <source>%1&#x2009;%</source>
            <translation>%1&#x2009;%</translation>
        </message>
        <message>
            <source>What you change here applies at once.</source>
            <translation>O que você muda aqui vale na hora.</translation>
        </message>
    </context>
    <context>
        <name>SignInAttempt</name>
        <message>
            <source>Patio on %1</source>
            <translation>Patio em %1</translation>
        </message>
        <message>
            <source>No account here has this tenant, e-mail and password.</source>
            <translation>Nenhuma conta aqui tem essa organização, e-mail e senha.</translation>
        </message>
        <message numerus="yes">
            <source>Too many tries. The next one is possible in %n s.</source>
            <translation>
                <numerusform>Tentativas demais. A próxima será possível em %n s.</numerusform>
                <numerusform>Tentativas demais. A próxima será possível em %n s.</numerusform>
            </translation>
        </message>
        <message>
            <source>The server is busy. Try again in a moment.</source>
            <translation>O servidor está ocupado. Tente de novo daqui a pouco.</translation>
        </message>
        <message>
            <source>Enter the code of your authenticator app, or a recovery code.</source>
            <translation>Informe o código do seu aplicativo autenticador ou um código de recuperação.</translation>
        </message>
        <message>
            <source>This code is wrong or was used before. Take the next one.</source>
            <translation>Este código está errado ou já foi usado. Use o próximo.</translation>
        </message>
    </context>
    <context>
        <name>SignInPage</name>
        <message>
            <source>Sign in</source>
            <translation>Entrar</translation>
        </message>
        <message>
            <source>To your company&apos;s Patio server.</source>
            <translation>No servidor Patio da sua empresa.</translation>
        </message>
        <message>
            <source>Server</source>
            <translation>Servidor</translation>
        </message>
        <message>
            <source>Tenant</source>
            <translation>Organização</translation>
        </message>
        <message>
            <source>E-mail</source>
            <translation>E-mail</translation>
        </message>
        <message>
            <source>Password</source>
            <translation>Senha</translation>
        </message>
        <message>
            <source>Keep me signed in (stored in the system keychain)</source>
            <translation>Manter a sessão (guardada no chaveiro do sistema)</translation>
        </message>
        <message>
            <source>Signing in…</source>
            <translation>Entrando…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Cancelar</translation>
        </message>
        <message>
            <source>Enter the address of your server.</source>
            <translation>Informe o endereço do servidor.</translation>
        </message>
        <message>
            <source>Enter the short name of your tenant.</source>
            <translation>Informe o nome curto da organização.</translation>
        </message>
        <message>
            <source>Enter your e-mail address.</source>
            <translation>Informe seu e-mail.</translation>
        </message>
        <message>
            <source>Enter your password.</source>
            <translation>Informe sua senha.</translation>
        </message>
        <message>
            <source>Every model call,
in plain sight.</source>
            <translation>Cada chamada de modelo,
à vista de todos.</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Código</translation>
        </message>
        <message>
            <source>Enter the code of your authenticator app, or a recovery code.</source>
            <translation>Informe o código do seu aplicativo autenticador ou um código de recuperação.</translation>
        </message>
        <message>
            <source>I have an invitation or a link</source>
            <translation>Tenho um convite ou um link</translation>
        </message>
        <message>
            <source>Back to %1</source>
            <comment>a tenant</comment>
            <translation>Voltar a %1</translation>
        </message>
    </context>
    <context>
        <name>SimulatorView</name>
        <message>
            <source>Person</source>
            <translation>Pessoa</translation>
        </message>
        <message>
            <source>Ability</source>
            <translation>Permissão</translation>
        </message>
        <message>
            <source>Thing</source>
            <translation>Coisa</translation>
        </message>
        <message>
            <source>An ID looks like 01890a5d-ac96-774b-bcce-b302099a8057; each detail pane copies its own.</source>
            <translation>Um ID é como 01890a5d-ac96-774b-bcce-b302099a8057; cada painel de detalhes copia o seu.</translation>
        </message>
        <message>
            <source>There is no answer</source>
            <translation>Não há resposta</translation>
        </message>
        <message>
            <source>May they?</source>
            <translation>Pode ou não pode?</translation>
        </message>
        <message>
            <source>Choose a person, an ability and a thing. The answer comes with every role and rule that the server looked at.</source>
            <translation>Escolha uma pessoa, uma permissão e uma coisa. A resposta vem com cada função e regra que o servidor examinou.</translation>
        </message>
        <message>
            <source>Ask</source>
            <translation>Perguntar</translation>
        </message>
        <message>
            <source>Yes. %1</source>
            <comment>the answer</comment>
            <translation>Sim. %1</translation>
        </message>
        <message>
            <source>No. %1</source>
            <comment>the answer</comment>
            <translation>Não. %1</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>Plano</translation>
        </message>
        <message>
            <source>Built-in roles</source>
            <translation>Funções embutidas</translation>
        </message>
        <message>
            <source>Own roles</source>
            <translation>Funções próprias</translation>
        </message>
        <message>
            <source>Rules</source>
            <translation>Regras</translation>
        </message>
        <message>
            <source>Forbidden fields</source>
            <translation>Campos proibidos</translation>
        </message>
        <message>
            <source>A rule without a reason</source>
            <translation>Uma regra sem motivo</translation>
        </message>
        <message>
            <source>decides</source>
            <translation>decide</translation>
        </message>
        <message>
            <source>matches</source>
            <translation>corresponde</translation>
        </message>
        <message>
            <source>does not match</source>
            <translation>não corresponde</translation>
        </message>
        <message>
            <source>the record</source>
            <translation>o registro</translation>
        </message>
        <message>
            <source>is %1</source>
            <comment>what an attribute really is</comment>
            <translation>é %1</translation>
        </message>
        <message>
            <source>is missing</source>
            <comment>an attribute</comment>
            <translation>falta</translation>
        </message>
        <message>
            <source>%1; wanted: %2 %3</source>
            <comment>what it is, a test and a value</comment>
            <translation>%1; esperado: %2 %3</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>Sim</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Não</translation>
        </message>
        <message>
            <source>Answer copied</source>
            <translation>Resposta copiada</translation>
        </message>
        <message>
            <source>Ask the simulator</source>
            <translation>Perguntar ao simulador</translation>
        </message>
        <message>
            <source>Copy answer</source>
            <translation>Copiar resposta</translation>
        </message>
        <message>
            <source>May</source>
            <comment>the beginning of: may Ana change templates?</comment>
            <translation>Pode</translation>
        </message>
        <message>
            <source>any record</source>
            <translation>qualquer registro</translation>
        </message>
        <message>
            <source>the record with ID</source>
            <translation>o registro com ID</translation>
        </message>
        <message>
            <source>a made-up record</source>
            <translation>um registro inventado</translation>
        </message>
        <message>
            <source>ID of the record</source>
            <translation>ID do registro</translation>
        </message>
        <message>
            <source>Ask the server</source>
            <translation>Perguntar ao servidor</translation>
        </message>
        <message>
            <source>What the server looked at</source>
            <translation>O que o servidor examinou</translation>
        </message>
        <message>
            <source>Role or rule</source>
            <translation>Função ou regra</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Resultado</translation>
        </message>
        <message>
            <source>The record cannot be read yet.</source>
            <translation>O registro ainda não pode ser lido.</translation>
        </message>
    </context>
    <context>
        <name>StarterViews</name>
        <message>
            <source>Failed today</source>
            <translation>Com falha hoje</translation>
        </message>
        <message>
            <source>Dead letters of this week</source>
            <translation>Mensagens mortas da semana</translation>
        </message>
        <message>
            <source>From 10 cents, last day</source>
            <translation>A partir de 10 centavos, último dia</translation>
        </message>
        <message>
            <source>Scheduled for later</source>
            <translation>Agendadas para mais tarde</translation>
        </message>
        <message>
            <source>Mine today</source>
            <translation>Minhas de hoje</translation>
        </message>
    </context>
    <context>
        <name>Starters</name>
        <message>
            <source>One question</source>
            <translation>Uma pergunta</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Resumo</translation>
        </message>
        <message>
            <source>Answer to a customer</source>
            <translation>Resposta a um cliente</translation>
        </message>
        <message>
            <source>Classification</source>
            <translation>Classificação</translation>
        </message>
    </context>
    <context>
        <name>TemplateEditor</name>
        <message>
            <source>All templates</source>
            <translation>Todos os modelos de prompt</translation>
        </message>
        <message>
            <source>Parts of the template</source>
            <translation>Partes do modelo de prompt</translation>
        </message>
        <message>
            <source>This template is no longer there.</source>
            <translation>Este modelo de prompt não existe mais.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>%1 saved version %2 meanwhile.</source>
            <translation>%1 salvou a versão %2 nesse meio-tempo.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Restored draft · %1</source>
            <translation>Rascunho recuperado · %1</translation>
        </message>
        <message>
            <source>Discard draft</source>
            <translation>Descartar rascunho</translation>
        </message>
        <message>
            <source>Draft discarded</source>
            <translation>Rascunho descartado</translation>
        </message>
        <message>
            <source>Draft based on v%1</source>
            <translation>Rascunho baseado na v%1</translation>
        </message>
        <message>
            <source>saved on this computer %1 ago</source>
            <translation>salvo neste computador há %1</translation>
        </message>
        <message>
            <source>v%1 · saved %2 ago by %3</source>
            <translation>v%1 · salva há %2 por %3</translation>
        </message>
        <message>
            <source>Not possible while the server cannot be reached</source>
            <translation>Não é possível enquanto o servidor não responde</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Executar</translation>
        </message>
        <message>
            <source>Save version</source>
            <translation>Salvar versão</translation>
        </message>
        <message>
            <source>Unsaved changes, kept on this computer</source>
            <translation>Mudanças não salvas, guardadas neste computador</translation>
        </message>
        <message numerus="yes">
            <source>%n problem(s)</source>
            <translation>
                <numerusform>%n problema</numerusform>
                <numerusform>%n problemas</numerusform>
            </translation>
        </message>
        <message>
            <source>about %1 tokens</source>
            <translation>cerca de %1 tokens</translation>
        </message>
        <message>
            <source>%1, %2 to ask</source>
            <translation>%1, %2 para perguntar</translation>
        </message>
        <message>
            <source>next change</source>
            <translation>próxima mudança</translation>
        </message>
        <message>
            <source>previous</source>
            <translation>anterior</translation>
        </message>
        <message>
            <source>save version</source>
            <translation>salvar versão</translation>
        </message>
        <message>
            <source>run</source>
            <translation>executar</translation>
        </message>
        <message>
            <source>insert variable</source>
            <translation>inserir variável</translation>
        </message>
        <message>
            <source>next problem</source>
            <translation>próximo problema</translation>
        </message>
        <message>
            <source>Editor</source>
            <translation>Editor</translation>
        </message>
        <message>
            <source>Variables</source>
            <translation>Variáveis</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Configurações</translation>
        </message>
        <message>
            <source>Stop the run</source>
            <translation>Parar a execução</translation>
        </message>
        <message>
            <source>Next problem</source>
            <translation>Próximo problema</translation>
        </message>
        <message>
            <source>Insert variable</source>
            <translation>Inserir variável</translation>
        </message>
        <message>
            <source>Add example turn</source>
            <translation>Adicionar exemplo</translation>
        </message>
        <message>
            <source>Compare versions</source>
            <translation>Comparar versões</translation>
        </message>
        <message>
            <source>Next change</source>
            <translation>Próxima mudança</translation>
        </message>
        <message>
            <source>Previous change</source>
            <translation>Mudança anterior</translation>
        </message>
        <message>
            <source>The prompt cannot be rendered</source>
            <translation>Não foi possível montar o prompt</translation>
        </message>
        <message>
            <source>Not saved: the text has problems</source>
            <translation>Não salva: o texto tem problemas</translation>
        </message>
        <message>
            <source>Version not saved</source>
            <translation>Versão não salva</translation>
        </message>
        <message>
            <source>Version %1 saved</source>
            <translation>Versão %1 salva</translation>
        </message>
        <message>
            <source>Settings saved</source>
            <translation>Configurações salvas</translation>
        </message>
        <message>
            <source>Settings not saved</source>
            <translation>Configurações não salvas</translation>
        </message>
        <message>
            <source>draft kept %1 ago</source>
            <translation>rascunho guardado há %1</translation>
        </message>
        <message>
            <source>Unsaved changes, kept on the server</source>
            <translation>Mudanças não salvas, guardadas no servidor</translation>
        </message>
        <message>
            <source>open included template</source>
            <translation>abrir o template incluído</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Rótulos</translation>
        </message>
        <message>
            <source>Where labels stand, and how to move them</source>
            <translation>Onde estão os rótulos e como movê-los</translation>
        </message>
        <message>
            <source>Open included template</source>
            <translation>Abrir o template incluído</translation>
        </message>
        <message>
            <source>Another machine has a draft of yours as well, of %1.</source>
            <translation>Outra máquina também tem um rascunho seu, de %1.</translation>
        </message>
        <message>
            <source>You have a draft from another machine, of %1.</source>
            <translation>Você tem um rascunho de outra máquina, de %1.</translation>
        </message>
        <message>
            <source>Take it</source>
            <translation>Usar</translation>
        </message>
        <message>
            <source>Draft of another machine taken</source>
            <translation>Rascunho de outra máquina usado</translation>
        </message>
        <message>
            <source>The draft is kept on this computer only</source>
            <translation>O rascunho fica só neste computador</translation>
        </message>
        <message>
            <source>Preview v%1</source>
            <translation>Prévia da v%1</translation>
        </message>
        <message>
            <source>Run v%1</source>
            <translation>Executar v%1</translation>
        </message>
        <message>
            <source>Compare v%1 with the draft</source>
            <translation>Comparar v%1 com o rascunho</translation>
        </message>
        <message>
            <source>This template was deleted meanwhile. What you typed stays on this computer.</source>
            <translation>Este template foi excluído nesse meio-tempo. O que você digitou fica neste computador.</translation>
        </message>
    </context>
    <context>
        <name>TemplateFolders</name>
        <message>
            <source>Folders</source>
            <translation>Pastas</translation>
        </message>
        <message>
            <source>All templates</source>
            <translation>Todos os templates</translation>
        </message>
        <message>
            <source>Removed</source>
            <translation>Removidos</translation>
        </message>
        <message numerus="yes">
            <source>%1, %n template(s)</source>
            <translation>
                <numerusform>%1, %n template</numerusform>
                <numerusform>%1, %n templates</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TemplateLabels</name>
        <message>
            <source>“%1” was not moved</source>
            <translation>“%1” não foi movido</translation>
        </message>
        <message>
            <source>“%1” moved: v%2 → v%3</source>
            <translation>“%1” movido: v%2 → v%3</translation>
        </message>
        <message>
            <source>“%1” set at v%2</source>
            <translation>“%1” definido na v%2</translation>
        </message>
        <message>
            <source>“%1” was not rolled back</source>
            <translation>“%1” não foi revertido</translation>
        </message>
        <message>
            <source>“%1” was not removed</source>
            <translation>“%1” não foi removido</translation>
        </message>
        <message>
            <source>“%1” removed</source>
            <translation>“%1” removido</translation>
        </message>
        <message>
            <source>Move to v%1, the latest…</source>
            <translation>Mover para a v%1, a mais recente…</translation>
        </message>
        <message>
            <source>Move to another version…</source>
            <translation>Mover para outra versão…</translation>
        </message>
        <message>
            <source>Roll back to v%1</source>
            <translation>Reverter para a v%1</translation>
        </message>
        <message>
            <source>Run “%1”</source>
            <translation>Executar “%1”</translation>
        </message>
        <message>
            <source>Preview “%1”</source>
            <translation>Prévia de “%1”</translation>
        </message>
        <message>
            <source>History…</source>
            <translation>Histórico…</translation>
        </message>
        <message>
            <source>Remove label</source>
            <translation>Remover rótulo</translation>
        </message>
        <message>
            <source>No labels yet</source>
            <translation>Nenhum rótulo ainda</translation>
        </message>
        <message>
            <source>New label…</source>
            <translation>Novo rótulo…</translation>
        </message>
        <message>
            <source>Move “%1” here…</source>
            <translation>Mover “%1” para cá…</translation>
        </message>
        <message>
            <source>New label here…</source>
            <translation>Novo rótulo aqui…</translation>
        </message>
    </context>
    <context>
        <name>TemplatePartials</name>
        <message>
            <source>There is no template “%1”.</source>
            <translation>Não há template “%1”.</translation>
        </message>
        <message>
            <source>“%1” has no version %2.</source>
            <translation>“%1” não tem a versão %2.</translation>
        </message>
        <message>
            <source>“%1” has no label “%2”.</source>
            <translation>“%1” não tem o rótulo “%2”.</translation>
        </message>
        <message>
            <source>“%1” comes to include itself.</source>
            <translation>“%1” acaba incluindo a si mesmo.</translation>
        </message>
        <message>
            <source>“%1” lies too deep within others.</source>
            <translation>“%1” está fundo demais dentro de outros.</translation>
        </message>
        <message>
            <source>“%1” cannot be read.</source>
            <translation>“%1” não pode ser lido.</translation>
        </message>
    </context>
    <context>
        <name>TemplatePresence</name>
        <message numerus="yes">
            <source>%n people are editing</source>
            <translation>
                <numerusform>%n pessoa está editando</numerusform>
                <numerusform>%n pessoas estão editando</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n people have it open</source>
            <translation>
                <numerusform>%n pessoa está com ele aberto</numerusform>
                <numerusform>%n pessoas estão com ele aberto</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 and %2 are editing</source>
            <translation>%1 e %2 estão editando</translation>
        </message>
        <message>
            <source>%1 and %2 have it open</source>
            <translation>%1 e %2 estão com ele aberto</translation>
        </message>
        <message>
            <source>%1 is editing</source>
            <translation>%1 está editando</translation>
        </message>
        <message>
            <source>%1 has it open</source>
            <translation>%1 está com ele aberto</translation>
        </message>
    </context>
    <context>
        <name>TemplateSettings</name>
        <message>
            <source>Made by %1 · %2</source>
            <translation>Criado por %1 · %2</translation>
        </message>
        <message>
            <source>A template needs a name</source>
            <translation>Um modelo de prompt precisa de um nome</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Descrição</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Pasta</translation>
        </message>
        <message>
            <source>support/refunds</source>
            <translation>suporte/reembolsos</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>apart by commas</source>
            <translation>separadas por vírgulas</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Nome curto</translation>
        </message>
        <message>
            <source>Programs name the template by it: changing it breaks those that use the old one.</source>
            <translation>Os programas chamam o modelo de prompt por ele: mudá-lo quebra os que usam o antigo.</translation>
        </message>
        <message>
            <source>Save settings</source>
            <translation>Salvar configurações</translation>
        </message>
        <message>
            <source>Delete template</source>
            <translation>Excluir modelo de prompt</translation>
        </message>
    </context>
    <context>
        <name>TemplateSidePanel</name>
        <message>
            <source>Versions</source>
            <translation>Versões</translation>
        </message>
        <message>
            <source>Draft</source>
            <translation>Rascunho</translation>
        </message>
        <message>
            <source>now</source>
            <translation>agora</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>Variables</source>
            <translation>Variáveis</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Comparar</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Prévia</translation>
        </message>
        <message>
            <source>Preview, output or versions</source>
            <translation>Prévia, saída ou versões</translation>
        </message>
        <message>
            <source>What the model will get appears here.</source>
            <translation>O que o modelo vai receber aparece aqui.</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Saída</translation>
        </message>
        <message>
            <source>Show the draft</source>
            <translation>Mostrar o rascunho</translation>
        </message>
    </context>
    <context>
        <name>TemplatesModel</name>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Nome curto</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Pasta</translation>
        </message>
        <message>
            <source>Tags</source>
            <translation>Etiquetas</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Versão</translation>
        </message>
        <message>
            <source>Author</source>
            <translation>Autor</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Alterado</translation>
        </message>
        <message>
            <source>Labels</source>
            <translation>Rótulos</translation>
        </message>
    </context>
    <context>
        <name>TemplatesPage</name>
        <message>
            <source>Templates</source>
            <translation>Modelos de prompt</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Abrir</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>Renomear…</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Excluir</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Could not delete “%1”</source>
            <translation>Não foi possível excluir “%1”</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Tag</source>
            <translation>Etiqueta</translation>
        </message>
        <message>
            <source>An administrator of your tenant</source>
            <translation>Um administrador da sua organização</translation>
        </message>
        <message>
            <source>No template matches</source>
            <translation>Nenhum modelo de prompt corresponde</translation>
        </message>
        <message>
            <source>No templates yet</source>
            <translation>Ainda não há modelos de prompt</translation>
        </message>
        <message>
            <source>A template keeps a prompt, its variables and its versions in one place.</source>
            <translation>Um modelo de prompt guarda o prompt, suas variáveis e suas versões em um só lugar.</translation>
        </message>
        <message>
            <source>New template</source>
            <translation>Novo modelo de prompt</translation>
        </message>
        <message numerus="yes">
            <source>%n template(s)</source>
            <translation>
                <numerusform>%n modelo de prompt</numerusform>
                <numerusform>%n modelos de prompt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n template(s)</source>
            <translation>
                <numerusform>%1 de %n modelo de prompt</numerusform>
                <numerusform>%1 de %n modelos de prompt</numerusform>
            </translation>
        </message>
        <message>
            <source>as of %1</source>
            <translation>em %1</translation>
        </message>
        <message>
            <source>move</source>
            <translation>mover</translation>
        </message>
        <message>
            <source>open</source>
            <translation>abrir</translation>
        </message>
        <message>
            <source>new</source>
            <translation>novo</translation>
        </message>
        <message>
            <source>filter</source>
            <translation>filtrar</translation>
        </message>
        <message>
            <source>Could not create “%1”</source>
            <translation>Não foi possível criar “%1”</translation>
        </message>
        <message>
            <source>Could not rename “%1”</source>
            <translation>Não foi possível renomear “%1”</translation>
        </message>
        <message>
            <source>Template renamed</source>
            <translation>Modelo de prompt renomeado</translation>
        </message>
        <message>
            <source>Template deleted</source>
            <translation>Modelo de prompt excluído</translation>
        </message>
        <message>
            <source>Filter templates</source>
            <translation>Filtrar modelos de prompt</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Open template</source>
            <translation>Abrir modelo de prompt</translation>
        </message>
        <message>
            <source>Rename template</source>
            <translation>Renomear modelo de prompt</translation>
        </message>
        <message>
            <source>Delete template</source>
            <translation>Excluir modelo de prompt</translation>
        </message>
        <message>
            <source>Prompt templates</source>
            <translation>Modelos de prompt</translation>
        </message>
        <message>
            <source>Prompts with variables and versions. Edit, try, and save each change.</source>
            <translation>Prompts com variáveis e versões. Edite, experimente e salve cada mudança.</translation>
        </message>
        <message>
            <source>Run over a file</source>
            <translation>Executar sobre um arquivo</translation>
        </message>
        <message>
            <source>Search names, tags and prompts</source>
            <translation>Buscar nomes, tags e prompts</translation>
        </message>
        <message>
            <source>Nothing was removed</source>
            <translation>Nada foi removido</translation>
        </message>
        <message>
            <source>Templates that were deleted can be brought back from here.</source>
            <translation>Daqui, templates excluídos podem ser trazidos de volta.</translation>
        </message>
        <message>
            <source>All templates</source>
            <translation>Todos os templates</translation>
        </message>
        <message>
            <source>Nothing is in this folder</source>
            <translation>Não há nada nesta pasta</translation>
        </message>
        <message>
            <source>A folder exists as long as a template is in it.</source>
            <translation>Uma pasta existe enquanto há um template nela.</translation>
        </message>
        <message>
            <source>restore</source>
            <translation>restaurar</translation>
        </message>
        <message>
            <source>More</source>
            <translation>Mais</translation>
        </message>
        <message>
            <source>Go to folders</source>
            <translation>Ir às pastas</translation>
        </message>
        <message>
            <source>Duplicate template</source>
            <translation>Duplicar template</translation>
        </message>
        <message>
            <source>Import templates…</source>
            <translation>Importar templates…</translation>
        </message>
        <message>
            <source>Export templates…</source>
            <translation>Exportar templates…</translation>
        </message>
        <message>
            <source>Move to folder…</source>
            <translation>Mover para pasta…</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>Rótulo</translation>
        </message>
        <message>
            <source>Export all templates…</source>
            <translation>Exportar todos os templates…</translation>
        </message>
        <message>
            <source>Export this folder…</source>
            <translation>Exportar esta pasta…</translation>
        </message>
        <message numerus="yes">
            <source>Export %n selected…</source>
            <translation>
                <numerusform>Exportar %n selecionado…</numerusform>
                <numerusform>Exportar %n selecionados…</numerusform>
            </translation>
        </message>
        <message>
            <source>Restore</source>
            <translation>Restaurar</translation>
        </message>
        <message>
            <source>Duplicate…</source>
            <translation>Duplicar…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportar…</translation>
        </message>
        <message>
            <source>Rename or move…</source>
            <translation>Renomear ou mover…</translation>
        </message>
        <message>
            <source>Move to the top</source>
            <translation>Mover para o topo</translation>
        </message>
        <message>
            <source>Rename or move folder “%1”</source>
            <translation>Renomear ou mover a pasta “%1”</translation>
        </message>
        <message>
            <source>Move folder</source>
            <translation>Mover pasta</translation>
        </message>
        <message>
            <source>The folder was not moved</source>
            <translation>A pasta não foi movida</translation>
        </message>
        <message>
            <source>Folder moved</source>
            <translation>Pasta movida</translation>
        </message>
        <message>
            <source>top</source>
            <translation>topo</translation>
        </message>
        <message>
            <source>Move “%1”</source>
            <translation>Mover “%1”</translation>
        </message>
        <message numerus="yes">
            <source>Move %n template(s)</source>
            <translation>
                <numerusform>Mover %n template</numerusform>
                <numerusform>Mover %n templates</numerusform>
            </translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Mover</translation>
        </message>
        <message>
            <source>Could not move “%1”</source>
            <translation>Não foi possível mover “%1”</translation>
        </message>
        <message numerus="yes">
            <source>%n template(s) moved</source>
            <translation>
                <numerusform>%n template movido</numerusform>
                <numerusform>%n templates movidos</numerusform>
            </translation>
        </message>
        <message>
            <source>to the top</source>
            <translation>para o topo</translation>
        </message>
        <message>
            <source>The template was not restored</source>
            <translation>O template não foi restaurado</translation>
        </message>
        <message>
            <source>Template restored</source>
            <translation>Template restaurado</translation>
        </message>
        <message>
            <source>Templates exported</source>
            <translation>Templates exportados</translation>
        </message>
        <message numerus="yes">
            <source>%n template(s) imported</source>
            <translation>
                <numerusform>%n template importado</numerusform>
                <numerusform>%n templates importados</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TenantDialog</name>
        <message>
            <source>Change %1</source>
            <translation>Alterar %1</translation>
        </message>
        <message>
            <source>New tenant</source>
            <translation>Nova organização</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Slug</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>Plano</translation>
        </message>
        <message>
            <source>E-mail of the first owner</source>
            <translation>E-mail do primeiro proprietário</translation>
        </message>
        <message>
            <source>Name of the first owner</source>
            <translation>Nome do primeiro proprietário</translation>
        </message>
        <message>
            <source>First password</source>
            <translation>Primeira senha</translation>
        </message>
        <message>
            <source>Its people type it to sign in. It cannot be changed.</source>
            <translation>Suas pessoas o digitam ao entrar. Não pode ser alterado.</translation>
        </message>
        <message>
            <source>12 characters or more. Pass it on yourself: the server sends no mail.</source>
            <translation>12 caracteres ou mais. Repasse-a você mesmo: o servidor não envia e-mails.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Salvar</translation>
        </message>
        <message>
            <source>Make tenant</source>
            <translation>Criar organização</translation>
        </message>
    </context>
    <context>
        <name>TenantLooks</name>
        <message>
            <source>Active</source>
            <comment>a tenant</comment>
            <translation>Ativa</translation>
        </message>
        <message>
            <source>Suspended</source>
            <comment>a tenant</comment>
            <translation>Suspensa</translation>
        </message>
        <message>
            <source>no limit</source>
            <translation>sem limite</translation>
        </message>
        <message>
            <source>%1 people</source>
            <comment>a limit</comment>
            <translation>%1 pessoas</translation>
        </message>
        <message>
            <source>%1 templates</source>
            <comment>a limit</comment>
            <translation>%1 modelos</translation>
        </message>
        <message>
            <source>%1 jobs a day</source>
            <comment>a limit</comment>
            <translation>%1 execuções por dia</translation>
        </message>
        <message>
            <source>%1 waiting jobs</source>
            <comment>a limit</comment>
            <translation>%1 execuções em espera</translation>
        </message>
        <message>
            <source>%1, no limit</source>
            <comment>what a tenant has</comment>
            <translation>%1, sem limite</translation>
        </message>
        <message>
            <source>as its plan says</source>
            <comment>a limit</comment>
            <translation>como diz o plano</translation>
        </message>
        <message>
            <source>%1, by its plan</source>
            <comment>a limit</comment>
            <translation>%1, pelo plano</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>what is used of a limit</comment>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>as its plan: %1</source>
            <comment>a limit</comment>
            <translation>como o plano: %1</translation>
        </message>
    </context>
    <context>
        <name>TenantPane</name>
        <message>
            <source>Slug</source>
            <translation>Slug</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>Plano</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Pessoas</translation>
        </message>
        <message>
            <source>Templates</source>
            <translation>Modelos</translation>
        </message>
        <message>
            <source>Waiting jobs</source>
            <translation>Execuções em espera</translation>
        </message>
        <message>
            <source>Product name</source>
            <translation>Nome do produto</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Desde</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Alterada</translation>
        </message>
        <message>
            <source>Suspend…</source>
            <translation>Suspender…</translation>
        </message>
        <message>
            <source>Erase…</source>
            <translation>Apagar…</translation>
        </message>
        <message>
            <source>Erase: suspend it first</source>
            <translation>Apagar: suspenda-a antes</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Alterar…</translation>
        </message>
        <message>
            <source>Theme…</source>
            <translation>Aparência…</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportar…</translation>
        </message>
        <message>
            <source>Jobs today</source>
            <translation>Execuções hoje</translation>
        </message>
        <message>
            <source>Let in again…</source>
            <translation>Readmitir…</translation>
        </message>
    </context>
    <context>
        <name>TenantSwitcher</name>
        <message>
            <source>Tenant %1. Switch tenant</source>
            <translation>Organização %1. Trocar de organização</translation>
        </message>
        <message>
            <source>Switch tenant</source>
            <translation>Trocar de organização</translation>
        </message>
        <message>
            <source>Sign in to another tenant…</source>
            <translation>Entrar em outra organização…</translation>
        </message>
    </context>
    <context>
        <name>TenantsModel</name>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>Slug</source>
            <translation>Slug</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>Plano</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Limits of its own</source>
            <translation>Limites próprios</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Desde</translation>
        </message>
    </context>
    <context>
        <name>TenantsPage</name>
        <message>
            <source>Tenants</source>
            <translation>Organizações</translation>
        </message>
        <message>
            <source>New tenant</source>
            <translation>Nova organização</translation>
        </message>
        <message>
            <source>New plan</source>
            <translation>Novo plano</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Show tenants</source>
            <translation>Mostrar organizações</translation>
        </message>
        <message>
            <source>Show plans</source>
            <translation>Mostrar planos</translation>
        </message>
        <message>
            <source>Show erased tenants</source>
            <translation>Mostrar organizações apagadas</translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>alterar</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>show the receipt</source>
            <translation>mostrar o recibo</translation>
        </message>
        <message>
            <source>theme</source>
            <translation>aparência</translation>
        </message>
        <message>
            <source>suspend</source>
            <translation>suspender</translation>
        </message>
        <message>
            <source>export</source>
            <translation>exportar</translation>
        </message>
        <message>
            <source>erase</source>
            <translation>apagar</translation>
        </message>
        <message>
            <source>Who shares this server, what they may use, and how their window looks.</source>
            <translation>Quem compartilha este servidor, o que pode usar e como é a sua janela.</translation>
        </message>
        <message>
            <source>Make a tenant</source>
            <translation>Criar uma organização</translation>
        </message>
        <message>
            <source>Make a plan</source>
            <translation>Criar um plano</translation>
        </message>
        <message>
            <source>Plans</source>
            <translation>Planos</translation>
        </message>
        <message>
            <source>Erased</source>
            <translation>Apagadas</translation>
        </message>
    </context>
    <context>
        <name>TenantsView</name>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Tenants</source>
            <translation>Organizações</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>The tenants are not known</source>
            <translation>As organizações não são conhecidas</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Elas ficam só no servidor, que não pode ser alcançado.</translation>
        </message>
        <message>
            <source>No tenant matches</source>
            <translation>Nenhuma organização corresponde</translation>
        </message>
        <message numerus="yes">
            <source>%n tenant(s)</source>
            <translation>
                <numerusform>%n organização</numerusform>
                <numerusform>%n organizações</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n tenant(s)</source>
            <translation>
                <numerusform>%1 de %n organização</numerusform>
                <numerusform>%1 de %n organizações</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 was made</source>
            <translation>%1 foi criada</translation>
        </message>
        <message>
            <source>Could not read the theme of %1</source>
            <translation>Não foi possível ler a aparência de %1</translation>
        </message>
        <message>
            <source>Suspend %1</source>
            <translation>Suspender %1</translation>
        </message>
        <message>
            <source>Suspend</source>
            <translation>Suspender</translation>
        </message>
        <message>
            <source>Could not change %1</source>
            <translation>Não foi possível alterar %1</translation>
        </message>
        <message>
            <source>Export %1</source>
            <translation>Exportar %1</translation>
        </message>
        <message>
            <source>JSON Lines (*.jsonl)</source>
            <translation>JSON Lines (*.jsonl)</translation>
        </message>
        <message>
            <source>One export at a time</source>
            <translation>Uma exportação por vez</translation>
        </message>
        <message>
            <source>Another one is under way.</source>
            <translation>Outra está em andamento.</translation>
        </message>
        <message>
            <source>Could not write %1</source>
            <translation>Não foi possível gravar %1</translation>
        </message>
        <message>
            <source>The tenant was exported</source>
            <translation>A organização foi exportada</translation>
        </message>
        <message>
            <source>Suspend it first</source>
            <translation>Suspenda-a antes</translation>
        </message>
        <message>
            <source>Then it can be erased.</source>
            <translation>Depois pode ser apagada.</translation>
        </message>
        <message>
            <source>Erase %1</source>
            <translation>Apagar %1</translation>
        </message>
        <message>
            <source>Its people, templates, jobs, usage and audit log are removed for good. This cannot be undone: export it first if anybody may ask for it.</source>
            <translation>Suas pessoas, modelos, execuções, uso e registro de auditoria são removidos de vez. Isso não pode ser desfeito: exporte-a antes, se alguém puder pedir por isso.</translation>
        </message>
        <message>
            <source>Erase tenant</source>
            <translation>Apagar organização</translation>
        </message>
        <message>
            <source>Could not erase %1</source>
            <translation>Não foi possível apagar %1</translation>
        </message>
        <message>
            <source>Search tenants</source>
            <translation>Buscar organizações</translation>
        </message>
        <message>
            <source>Change tenant</source>
            <translation>Alterar organização</translation>
        </message>
        <message>
            <source>Change theme of tenant</source>
            <translation>Alterar a aparência da organização</translation>
        </message>
        <message>
            <source>Let tenant in again</source>
            <translation>Readmitir organização</translation>
        </message>
        <message>
            <source>Suspend tenant</source>
            <translation>Suspender organização</translation>
        </message>
        <message>
            <source>Export tenant</source>
            <translation>Exportar organização</translation>
        </message>
        <message>
            <source>Search by name or slug</source>
            <translation>Buscar por nome ou slug</translation>
        </message>
        <message>
            <source>Any status</source>
            <translation>Qualquer situação</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>Plano</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Any plan</source>
            <translation>Qualquer plano</translation>
        </message>
        <message>
            <source>Let %1 in again</source>
            <translation>Readmitir %1</translation>
        </message>
        <message>
            <source>Its people can sign in again from now on. Everything is as they left it; the sessions that were ended stay ended.</source>
            <translation>As pessoas podem voltar a entrar a partir de agora. Tudo está como deixaram; as sessões encerradas continuam encerradas.</translation>
        </message>
        <message>
            <source>Let it in</source>
            <translation>Readmitir</translation>
        </message>
        <message>
            <source>All of its people are signed out at once and cannot sign in. Jobs that it has made already still run. Nothing is lost: let it in again whenever you like.</source>
            <translation>Todas as pessoas são desconectadas na hora e não podem entrar. As execuções já criadas ainda rodam. Nada se perde: readmita a organização quando quiser.</translation>
        </message>
        <message>
            <source>Erasing %1. This may take a while.</source>
            <translation>Apagando %1. Isso pode demorar um pouco.</translation>
        </message>
    </context>
    <context>
        <name>TextField</name>
        <message>
            <source>Show what is typed</source>
            <translation>Mostrar o que foi digitado</translation>
        </message>
        <message>
            <source>Hide what is typed</source>
            <translation>Esconder o que foi digitado</translation>
        </message>
    </context>
    <context>
        <name>ThemeDialog</name>
        <message>
            <source>How %1 looks</source>
            <translation>A aparência de %1</translation>
        </message>
        <message>
            <source>Save theme</source>
            <translation>Salvar aparência</translation>
        </message>
    </context>
    <context>
        <name>ThemeEditor</name>
        <message>
            <source>A colour such as #3A5BD9.</source>
            <translation>Uma cor como #3A5BD9.</translation>
        </message>
        <message>
            <source>PNG, at most 512 × 512 pixels and 64 KiB</source>
            <translation>PNG, no máximo 512 × 512 pixels e 64 KiB</translation>
        </message>
        <message>
            <source>Choose a logo</source>
            <translation>Escolher um logotipo</translation>
        </message>
        <message>
            <source>Pictures (*.png *.jpg *.jpeg *.svg *.webp)</source>
            <translation>Imagens (*.png *.jpg *.jpeg *.svg *.webp)</translation>
        </message>
        <message>
            <source>This file holds no picture that can be read.</source>
            <translation>Este arquivo não contém uma imagem que possa ser lida.</translation>
        </message>
        <message>
            <source>It has %1 KiB as a PNG. Choose a smaller or simpler picture.</source>
            <translation>Tem %1 KiB como PNG. Escolha uma imagem menor ou mais simples.</translation>
        </message>
        <message>
            <source>Accent colour</source>
            <translation>Cor de destaque</translation>
        </message>
        <message>
            <source>Pick…</source>
            <translation>Escolher…</translation>
        </message>
        <message>
            <source>Product name</source>
            <translation>Nome do produto</translation>
        </message>
        <message>
            <source>Logo</source>
            <translation>Logotipo</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Escolher…</translation>
        </message>
        <message>
            <source>Remove logo</source>
            <translation>Remover logotipo</translation>
        </message>
        <message>
            <source>Empty: the usual one</source>
            <translation>Vazio: a de sempre</translation>
        </message>
    </context>
    <context>
        <name>ThemePreview</name>
        <message>
            <source>Preview of the theme</source>
            <translation>Prévia da aparência</translation>
        </message>
        <message>
            <source>%1, accent %2</source>
            <comment>a product name and a colour</comment>
            <translation>%1, destaque %2</translation>
        </message>
        <message>
            <source>%1, the usual accent</source>
            <comment>a product name</comment>
            <translation>%1, o destaque de sempre</translation>
        </message>
        <message>
            <source>Run</source>
            <comment>a button of the preview</comment>
            <translation>Executar</translation>
        </message>
        <message>
            <source>A link</source>
            <comment>in the preview</comment>
            <translation>Link</translation>
        </message>
    </context>
    <context>
        <name>ThreadPane</name>
        <message>
            <source>Thread</source>
            <translation>Conversa</translation>
        </message>
        <message>
            <source>Close thread</source>
            <translation>Fechar conversa</translation>
        </message>
        <message>
            <source>Messages of the thread</source>
            <translation>Mensagens da conversa</translation>
        </message>
        <message>
            <source>Reply in the thread</source>
            <translation>Responder na conversa</translation>
        </message>
    </context>
    <context>
        <name>ToastCard</name>
        <message>
            <source>Details</source>
            <translation>Detalhes</translation>
        </message>
        <message>
            <source>Retry</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Desfazer</translation>
        </message>
        <message>
            <source>Dismiss</source>
            <translation>Dispensar</translation>
        </message>
    </context>
    <context>
        <name>ToastHost</name>
        <message>
            <source>Details</source>
            <translation>Detalhes</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fechar</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>Search jobs, templates, or run a command</source>
            <translation>Buscar execuções, prompts ou um comando</translation>
        </message>
        <message>
            <source>Search or run a command</source>
            <translation>Buscar ou executar um comando</translation>
        </message>
        <message>
            <source>Light theme</source>
            <translation>Tema claro</translation>
        </message>
        <message>
            <source>Dark theme</source>
            <translation>Tema escuro</translation>
        </message>
    </context>
    <context>
        <name>TypingLine</name>
        <message>
            <source>%1 is typing</source>
            <translation>%1 está digitando</translation>
        </message>
        <message>
            <source>%1 and %2 are typing</source>
            <translation>%1 e %2 estão digitando</translation>
        </message>
        <message numerus="yes">
            <source>%n people are typing</source>
            <translation>
                <numerusform>%n pessoa está digitando</numerusform>
                <numerusform>%n pessoas estão digitando</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>UsageChartCard</name>
        <message>
            <source>Save this chart</source>
            <translation>Salvar este gráfico</translation>
        </message>
        <message>
            <source>Save the chart “%1”</source>
            <translation>Salvar o gráfico “%1”</translation>
        </message>
        <message>
            <source>As a picture (PNG)…</source>
            <translation>Como imagem (PNG)…</translation>
        </message>
        <message>
            <source>As a drawing (SVG)…</source>
            <translation>Como desenho (SVG)…</translation>
        </message>
        <message>
            <source>Its numbers (CSV)…</source>
            <translation>Seus números (CSV)…</translation>
        </message>
    </context>
    <context>
        <name>UsageData</name>
        <message>
            <source>Somebody who left</source>
            <translation>Alguém que saiu</translation>
        </message>
        <message>
            <source>Nobody in particular</source>
            <translation>Ninguém em particular</translation>
        </message>
        <message>
            <source>A deleted template</source>
            <translation>Um modelo de prompt excluído</translation>
        </message>
        <message>
            <source>Messages only</source>
            <translation>Só mensagens</translation>
        </message>
        <message>
            <source>Without a key</source>
            <translation>Sem chave</translation>
        </message>
    </context>
    <context>
        <name>UsageOverview</name>
        <message>
            <source>ddd d MMMM</source>
            <comment>one day, as QDate formats it</comment>
            <translation>ddd d &apos;de&apos; MMMM</translation>
        </message>
        <message>
            <source>%1 tokens</source>
            <translation>%1 tokens</translation>
        </message>
        <message>
            <source>Cost or tokens</source>
            <translation>Custo ou tokens</translation>
        </message>
        <message>
            <source>Failed calls</source>
            <translation>Chamadas com falha</translation>
        </message>
        <message numerus="yes">
            <source>nothing in the %n day(s) before</source>
            <translation>
                <numerusform>nada no dia anterior</numerusform>
                <numerusform>nada nos %n dias anteriores</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>vs. %n day(s) before</source>
            <translation>
                <numerusform>vs. %n dia antes</numerusform>
                <numerusform>vs. %n dias antes</numerusform>
            </translation>
        </message>
        <message>
            <source>The calls of this period cost nothing</source>
            <translation>As chamadas deste período não custaram nada</translation>
        </message>
        <message>
            <source>No usage in this period</source>
            <translation>Nenhum uso neste período</translation>
        </message>
        <message>
            <source>cost</source>
            <translation>custo</translation>
        </message>
        <message>
            <source>tokens</source>
            <translation>tokens</translation>
        </message>
        <message>
            <source>Cost per day</source>
            <translation>Custo por dia</translation>
        </message>
        <message>
            <source>Tokens per day</source>
            <translation>Tokens por dia</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Tokens</source>
            <translation>Tokens</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Chamadas</translation>
        </message>
        <message>
            <source>Top users</source>
            <translation>Usuários que mais gastam</translation>
        </message>
        <message>
            <source>Top templates</source>
            <translation>Modelos de prompt que mais gastam</translation>
        </message>
        <message>
            <source>d MMM</source>
            <comment>a day below a chart, as QDate formats it</comment>
            <translation>d MMM</translation>
        </message>
        <message>
            <source>%1 – %2</source>
            <comment>first and last day</comment>
            <translation>%1 – %2</translation>
        </message>
        <message>
            <source>Cost per week</source>
            <translation>Custo por semana</translation>
        </message>
        <message>
            <source>Tokens per week</source>
            <translation>Tokens por semana</translation>
        </message>
        <message>
            <source>%1, %2 UTC</source>
            <comment>a day, and the hour that begins then</comment>
            <translation>%1, %2 UTC</translation>
        </message>
        <message>
            <source>Cost per hour</source>
            <translation>Custo por hora</translation>
        </message>
        <message>
            <source>Tokens per hour</source>
            <translation>Tokens por hora</translation>
        </message>
        <message>
            <source>Usage over time</source>
            <translation>Uso ao longo do tempo</translation>
        </message>
        <message>
            <source>Latency</source>
            <translation>Latência</translation>
        </message>
        <message>
            <source>Saved by the cache</source>
            <translation>Economia do cache</translation>
        </message>
        <message>
            <source>What is measured</source>
            <translation>O que é medido</translation>
        </message>
        <message>
            <source>Split by</source>
            <translation>Dividir por</translation>
        </message>
        <message>
            <source>Shares</source>
            <translation>Participação</translation>
        </message>
        <message numerus="yes">
            <source>%n other(s)</source>
            <translation>
                <numerusform>%n outro</numerusform>
                <numerusform>%n outros</numerusform>
            </translation>
        </message>
        <message>
            <source>in UTC</source>
            <translation>em UTC</translation>
        </message>
        <message>
            <source>No call has succeeded</source>
            <translation>Nenhuma chamada teve êxito</translation>
        </message>
        <message>
            <source>No call was streamed</source>
            <translation>Nenhuma chamada foi transmitida aos poucos</translation>
        </message>
        <message>
            <source>failed or lost</source>
            <translation>com falha ou perdidas</translation>
        </message>
        <message>
            <source>Error rate</source>
            <translation>Taxa de erros</translation>
        </message>
        <message>
            <source>%1 of %2 calls</source>
            <translation>%1 de %2 chamadas</translation>
        </message>
        <message>
            <source>saved</source>
            <translation>economizado</translation>
        </message>
        <message>
            <source>What the cache answered would have cost nothing</source>
            <translation>O que o cache respondeu não teria custado nada</translation>
        </message>
        <message>
            <source>The cache has answered no call</source>
            <translation>O cache não respondeu a nenhuma chamada</translation>
        </message>
        <message>
            <source>Call</source>
            <translation>Chamada</translation>
        </message>
        <message>
            <source>First token</source>
            <translation>Primeiro token</translation>
        </message>
        <message>
            <source>by model</source>
            <translation>por modelo</translation>
        </message>
        <message>
            <source>by user</source>
            <translation>por usuário</translation>
        </message>
        <message>
            <source>by template</source>
            <translation>por modelo de prompt</translation>
        </message>
        <message>
            <source>by gateway key</source>
            <translation>por chave do gateway</translation>
        </message>
        <message>
            <source>Top models</source>
            <translation>Modelos que mais gastam</translation>
        </message>
        <message>
            <source>Top gateway keys</source>
            <translation>Chaves do gateway que mais gastam</translation>
        </message>
        <message>
            <source>nothing before</source>
            <translation>nada antes</translation>
        </message>
        <message>
            <source>vs. before</source>
            <translation>vs. antes</translation>
        </message>
        <message>
            <source>%1 of calls</source>
            <comment>that the cache answered</comment>
            <translation>acertos: %1</translation>
        </message>
    </context>
    <context>
        <name>UsagePage</name>
        <message>
            <source>Demo models are in these sums. Their prices are samples: nobody pays them.</source>
            <translation>Há modelos de demonstração nestas somas. Os preços deles são exemplos: ninguém os paga.</translation>
        </message>
        <message>
            <source>Usage</source>
            <translation>Uso</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>Período</translation>
        </message>
        <message>
            <source>Views</source>
            <translation>Visões</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>Show as charts</source>
            <translation>Mostrar como gráficos</translation>
        </message>
        <message>
            <source>Show as table</source>
            <translation>Mostrar como tabela</translation>
        </message>
        <message>
            <source>No usage in this period</source>
            <translation>Nenhum uso neste período</translation>
        </message>
        <message>
            <source>Run a template, and its tokens and cost appear here.</source>
            <translation>Execute um modelo de prompt, e seus tokens e custo aparecem aqui.</translation>
        </message>
        <message numerus="yes">
            <source>The end of %n call(s) was lost with a server that stopped; their cost is an estimate.</source>
            <translation>
                <numerusform>O fim de %n chamada se perdeu com um servidor que parou; o custo dela é uma estimativa.</numerusform>
                <numerusform>O fim de %n chamadas se perdeu com um servidor que parou; o custo delas é uma estimativa.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n call(s) went to models without a price; their cost is not in these sums.</source>
            <translation>
                <numerusform>%n chamada foi para um modelo sem preço; o custo dela não está nestas somas.</numerusform>
                <numerusform>%n chamadas foram para modelos sem preço; o custo delas não está nestas somas.</numerusform>
            </translation>
        </message>
        <message>
            <source>%1 – %2</source>
            <comment>first and last day</comment>
            <translation>%1 – %2</translation>
        </message>
        <message>
            <source>%1 · all models, users and templates</source>
            <translation>%1 · todos os modelos, usuários e prompts</translation>
        </message>
        <message numerus="yes">
            <source>%n call(s)</source>
            <translation>
                <numerusform>%n chamada</numerusform>
                <numerusform>%n chamadas</numerusform>
            </translation>
        </message>
        <message>
            <source>as of %1</source>
            <translation>em %1</translation>
        </message>
        <message>
            <source>charts</source>
            <translation>gráficos</translation>
        </message>
        <message>
            <source>table</source>
            <translation>tabela</translation>
        </message>
        <message>
            <source>period before</source>
            <translation>período anterior</translation>
        </message>
        <message>
            <source>period after</source>
            <translation>período seguinte</translation>
        </message>
        <message>
            <source>Export usage</source>
            <translation>Exportar uso</translation>
        </message>
        <message>
            <source>Usage exported</source>
            <translation>Uso exportado</translation>
        </message>
        <message>
            <source>Could not write %1</source>
            <translation>Não foi possível gravar %1</translation>
        </message>
        <message>
            <source>Period before</source>
            <translation>Período anterior</translation>
        </message>
        <message>
            <source>Period after</source>
            <translation>Período seguinte</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 dias</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 dias</translation>
        </message>
        <message>
            <source>90 days</source>
            <translation>90 dias</translation>
        </message>
        <message>
            <source>Overview</source>
            <translation>Visão geral</translation>
        </message>
        <message>
            <source>By model</source>
            <translation>Por modelo</translation>
        </message>
        <message>
            <source>By user</source>
            <translation>Por usuário</translation>
        </message>
        <message>
            <source>By template</source>
            <translation>Por prompt</translation>
        </message>
        <message>
            <source>1 year</source>
            <translation>1 ano</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportar</translation>
        </message>
        <message>
            <source>Choose the days</source>
            <translation>Escolher os dias</translation>
        </message>
        <message>
            <source>%1 · a part of all usage</source>
            <translation>%1 · uma parte do uso</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>User</source>
            <translation>Usuário</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Gateway key</source>
            <translation>Chave do gateway</translation>
        </message>
        <message>
            <source>Split by model</source>
            <translation>Dividir por modelo</translation>
        </message>
        <message>
            <source>Split by user</source>
            <translation>Dividir por usuário</translation>
        </message>
        <message>
            <source>Split by template</source>
            <translation>Dividir por modelo de prompt</translation>
        </message>
        <message>
            <source>Split by gateway key</source>
            <translation>Dividir por chave do gateway</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>Limpar</translation>
        </message>
        <message>
            <source>Show everything again</source>
            <translation>Mostrar tudo de novo</translation>
        </message>
        <message>
            <source>By gateway key</source>
            <translation>Por chave do gateway</translation>
        </message>
    </context>
    <context>
        <name>UsagePeriodDialog</name>
        <message>
            <source>Days to show</source>
            <translation>Dias a mostrar</translation>
        </message>
        <message>
            <source>Last day</source>
            <translation>Último dia</translation>
        </message>
        <message>
            <source>Days are counted in UTC, a year at most.</source>
            <translation>Os dias são contados em UTC, no máximo um ano.</translation>
        </message>
        <message>
            <source>First day</source>
            <translation>Primeiro dia</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Mostrar</translation>
        </message>
        <message>
            <source>must not be before the first day</source>
            <translation>não pode ser antes do primeiro dia</translation>
        </message>
        <message>
            <source>must be within a year of the first day</source>
            <translation>deve estar a no máximo um ano do primeiro dia</translation>
        </message>
    </context>
    <context>
        <name>UsageTable</name>
        <message>
            <source>Day</source>
            <translation>Dia</translation>
        </message>
        <message>
            <source>Model</source>
            <translation>Modelo</translation>
        </message>
        <message>
            <source>User</source>
            <translation>Usuário</translation>
        </message>
        <message>
            <source>Template</source>
            <translation>Modelo de prompt</translation>
        </message>
        <message>
            <source>Calls</source>
            <translation>Chamadas</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Com falha</translation>
        </message>
        <message>
            <source>Tokens in</source>
            <translation>Tokens de entrada</translation>
        </message>
        <message>
            <source>Tokens out</source>
            <translation>Tokens de saída</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>Custo</translation>
        </message>
        <message>
            <source>Without price</source>
            <translation>Sem preço</translation>
        </message>
        <message>
            <source>Gateway key</source>
            <translation>Chave do gateway</translation>
        </message>
    </context>
    <context>
        <name>UsedByList</name>
        <message>
            <source>No template includes this one. Write {{&gt; slug}} in another to include it.</source>
            <translation>Nenhum template inclui este. Escreva {{&gt; slug}} em outro para incluí-lo.</translation>
        </message>
        <message numerus="yes">
            <source>The first %n that include this one:</source>
            <translation>
                <numerusform>O primeiro que inclui este:</numerusform>
                <numerusform>Os primeiros %n que incluem este:</numerusform>
            </translation>
        </message>
        <message>
            <source>While these include it, its slug stays and it cannot be deleted.</source>
            <translation>Enquanto estes o incluem, seu slug não muda e ele não pode ser excluído.</translation>
        </message>
        <message>
            <source>latest</source>
            <translation>mais recente</translation>
        </message>
        <message>
            <source>Used by</source>
            <translation>Usado por</translation>
        </message>
    </context>
    <context>
        <name>UserDialog</name>
        <message>
            <source>Change %1</source>
            <translation>Alterar %1</translation>
        </message>
        <message>
            <source>Add a person</source>
            <translation>Adicionar uma pessoa</translation>
        </message>
        <message>
            <source>E-mail</source>
            <translation>E-mail</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>First password</source>
            <translation>Primeira senha</translation>
        </message>
        <message>
            <source>Pass it on yourself: the server sends no mail, and nobody can read it again. They can change it in Settings.</source>
            <translation>Repasse-a você mesmo: o servidor não envia e-mails, e ninguém poderá lê-la de novo. A pessoa pode trocá-la em Configurações.</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>Salvar</translation>
        </message>
        <message>
            <source>Add person</source>
            <translation>Adicionar pessoa</translation>
        </message>
        <message>
            <source>Roles</source>
            <translation>Funções</translation>
        </message>
        <message>
            <source>At least one role of these is needed.</source>
            <translation>É preciso escolher ao menos uma destas funções.</translation>
        </message>
        <message>
            <source>How they get in</source>
            <translation>Como a pessoa entra</translation>
        </message>
        <message>
            <source>By invitation</source>
            <translation>Por convite</translation>
        </message>
        <message>
            <source>With a first password</source>
            <translation>Com uma primeira senha</translation>
        </message>
        <message>
            <source>may stay empty</source>
            <translation>pode ficar vazio</translation>
        </message>
        <message>
            <source>Make invitation</source>
            <translation>Criar convite</translation>
        </message>
    </context>
    <context>
        <name>UserLinkDialog</name>
        <message>
            <source>Invitation for %1</source>
            <translation>Convite para %1</translation>
        </message>
        <message>
            <source>Password reset for %1</source>
            <translation>Nova senha para %1</translation>
        </message>
        <message>
            <source>Pass this link on yourself: the server sends no mail. It is good once, until %1, and is not shown again. They open it with Patio, or paste it where one signs in.</source>
            <translation>Repasse este link você mesmo: o servidor não envia e-mails. Ele vale uma vez, até %1, e não é mostrado de novo. A pessoa o abre com o Patio, ou o cola onde se entra.</translation>
        </message>
        <message>
            <source>One-time link</source>
            <translation>Link de uso único</translation>
        </message>
        <message>
            <source>Copy link</source>
            <translation>Copiar link</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Copiado</translation>
        </message>
        <message>
            <source>I have passed it on</source>
            <translation>Já o repassei</translation>
        </message>
    </context>
    <context>
        <name>UserLooks</name>
        <message>
            <source>Invited</source>
            <comment>a person</comment>
            <translation>Convidada</translation>
        </message>
        <message>
            <source>Active</source>
            <comment>a person</comment>
            <translation>Ativa</translation>
        </message>
        <message>
            <source>Suspended</source>
            <comment>a person</comment>
            <translation>Suspensa</translation>
        </message>
        <message>
            <source>Owner</source>
            <translation>Proprietário</translation>
        </message>
        <message>
            <source>Administrator</source>
            <translation>Administrador</translation>
        </message>
        <message>
            <source>Prompt engineer</source>
            <translation>Engenheiro de prompts</translation>
        </message>
        <message>
            <source>Agent</source>
            <translation>Agente</translation>
        </message>
        <message>
            <source>Finance</source>
            <translation>Financeiro</translation>
        </message>
        <message>
            <source>Viewer</source>
            <translation>Leitor</translation>
        </message>
        <message>
            <source>Service</source>
            <translation>Serviço</translation>
        </message>
        <message>
            <source>Operator</source>
            <translation>Operador</translation>
        </message>
        <message>
            <source>Everything, and gives the role of owner to others.</source>
            <translation>Tudo, e dá a função de proprietário a outros.</translation>
        </message>
        <message>
            <source>Everything but other owners.</source>
            <translation>Tudo, menos outros proprietários.</translation>
        </message>
        <message>
            <source>Writes templates, runs and manages jobs.</source>
            <translation>Escreve modelos e administra execuções.</translation>
        </message>
        <message>
            <source>Runs templates and cancels jobs.</source>
            <translation>Executa modelos de prompt e cancela execuções.</translation>
        </message>
        <message>
            <source>Sees usage and prices.</source>
            <translation>Vê o uso e os preços.</translation>
        </message>
        <message>
            <source>Sees templates, jobs and usage.</source>
            <translation>Vê modelos de prompt, execuções e uso.</translation>
        </message>
        <message>
            <source>For programs: runs templates.</source>
            <translation>Para programas: executa modelos de prompt.</translation>
        </message>
        <message>
            <source>Runs this server and its tenants.</source>
            <translation>Opera este servidor e suas organizações.</translation>
        </message>
    </context>
    <context>
        <name>UserPane</name>
        <message>
            <source>E-mail</source>
            <translation>E-mail</translation>
        </message>
        <message>
            <source>Roles</source>
            <translation>Funções</translation>
        </message>
        <message>
            <source>Attributes</source>
            <translation>Atributos</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Idioma</translation>
        </message>
        <message>
            <source>Time zone</source>
            <translation>Fuso horário</translation>
        </message>
        <message>
            <source>Last sign-in</source>
            <translation>Último acesso</translation>
        </message>
        <message>
            <source>Never</source>
            <translation>Nunca</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Desde</translation>
        </message>
        <message>
            <source>Let in again</source>
            <translation>Readmitir</translation>
        </message>
        <message>
            <source>Suspend…</source>
            <translation>Suspender…</translation>
        </message>
        <message>
            <source>Change…</source>
            <translation>Alterar…</translation>
        </message>
        <message>
            <source>Remove…</source>
            <translation>Remover…</translation>
        </message>
        <message>
            <source>Signed in at</source>
            <translation>Conectada em</translation>
        </message>
        <message>
            <source>Invite again…</source>
            <translation>Convidar de novo…</translation>
        </message>
        <message>
            <source>Reset password…</source>
            <translation>Nova senha…</translation>
        </message>
        <message>
            <source>Turn off second factor…</source>
            <translation>Desligar o segundo fator…</translation>
        </message>
        <message>
            <source>End all sessions</source>
            <translation>Encerrar todas as sessões</translation>
        </message>
    </context>
    <context>
        <name>UsersModel</name>
        <message>
            <source>Never</source>
            <comment>signed in</comment>
            <translation>Nunca</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nome</translation>
        </message>
        <message>
            <source>E-mail</source>
            <translation>E-mail</translation>
        </message>
        <message>
            <source>Roles</source>
            <translation>Funções</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>Last sign-in</source>
            <translation>Último acesso</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>Desde</translation>
        </message>
    </context>
    <context>
        <name>UsersPage</name>
        <message>
            <source>Role</source>
            <translation>Função</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>Situação</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Pessoas</translation>
        </message>
        <message>
            <source>Session ended</source>
            <translation>Sessão encerrada</translation>
        </message>
        <message>
            <source>The sessions could not be read or ended</source>
            <translation>Não foi possível ler ou encerrar as sessões</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colunas</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Tentar novamente</translation>
        </message>
        <message>
            <source>%1 was added</source>
            <translation>%1 foi adicionada</translation>
        </message>
        <message>
            <source>Suspend %1</source>
            <translation>Suspender %1</translation>
        </message>
        <message>
            <source>All of their sessions end at once, and they cannot sign in until you let them in again. What they have made stays.</source>
            <translation>Todas as sessões da pessoa terminam na hora, e ela não poderá entrar até que você a readmita. O que ela fez permanece.</translation>
        </message>
        <message>
            <source>Suspend</source>
            <translation>Suspender</translation>
        </message>
        <message>
            <source>Could not change %1</source>
            <translation>Não foi possível alterar %1</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Remover %1</translation>
        </message>
        <message>
            <source>Their account goes for good, with its sessions. Templates, jobs and entries of the audit log stay under their name. To keep somebody out for a while, suspend them.</source>
            <translation>A conta desaparece de vez, com suas sessões. Modelos, execuções e entradas do registro de auditoria continuam com o nome da pessoa. Para impedir o acesso por um tempo, suspenda-a.</translation>
        </message>
        <message>
            <source>Remove person</source>
            <translation>Remover pessoa</translation>
        </message>
        <message>
            <source>Could not remove %1</source>
            <translation>Não foi possível remover %1</translation>
        </message>
        <message>
            <source>%1 was removed</source>
            <translation>%1 foi removida</translation>
        </message>
        <message>
            <source>An owner of your tenant</source>
            <translation>Um proprietário da sua organização</translation>
        </message>
        <message>
            <source>The people are not known</source>
            <translation>As pessoas não são conhecidas</translation>
        </message>
        <message>
            <source>They are kept on the server only, which cannot be reached.</source>
            <translation>Elas ficam apenas no servidor, que não pode ser alcançado.</translation>
        </message>
        <message>
            <source>Nobody matches</source>
            <translation>Ninguém corresponde</translation>
        </message>
        <message numerus="yes">
            <source>%n person(s)</source>
            <translation>
                <numerusform>%n pessoa</numerusform>
                <numerusform>%n pessoas</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %n person(s)</source>
            <translation>
                <numerusform>%1 de %n pessoa</numerusform>
                <numerusform>%1 de %n pessoas</numerusform>
            </translation>
        </message>
        <message>
            <source>Add person</source>
            <translation>Adicionar pessoa</translation>
        </message>
        <message>
            <source>Search people</source>
            <translation>Buscar pessoas</translation>
        </message>
        <message>
            <source>Change person</source>
            <translation>Alterar pessoa</translation>
        </message>
        <message>
            <source>Let person in again</source>
            <translation>Readmitir pessoa</translation>
        </message>
        <message>
            <source>Suspend person</source>
            <translation>Suspender pessoa</translation>
        </message>
        <message>
            <source>Refresh</source>
            <translation>Atualizar</translation>
        </message>
        <message>
            <source>Who may enter this tenant, in which roles, and where they are signed in.</source>
            <translation>Quem pode entrar nesta organização, com quais funções e onde está conectado.</translation>
        </message>
        <message>
            <source>Add a person</source>
            <translation>Adicionar uma pessoa</translation>
        </message>
        <message>
            <source>Search by name or e-mail</source>
            <translation>Buscar por nome ou e-mail</translation>
        </message>
        <message>
            <source>All roles</source>
            <translation>Todas as funções</translation>
        </message>
        <message>
            <source>Any status</source>
            <translation>Qualquer situação</translation>
        </message>
        <message>
            <source>add</source>
            <translation>adicionar</translation>
        </message>
        <message>
            <source>change</source>
            <translation>alterar</translation>
        </message>
        <message>
            <source>suspend</source>
            <translation>suspender</translation>
        </message>
        <message>
            <source>remove</source>
            <translation>remover</translation>
        </message>
        <message>
            <source>Could not make a link for %1</source>
            <translation>Não foi possível criar um link para %1</translation>
        </message>
        <message>
            <source>Turn off the second factor of %1</source>
            <translation>Desligar o segundo fator de %1</translation>
        </message>
        <message>
            <source>For somebody who lost the device with it. All of their sessions end, and their password alone lets them in until they set up another one.</source>
            <translation>Para quem perdeu o aparelho com ele. Todas as suas sessões terminam, e só a senha basta para entrar até que outro seja configurado.</translation>
        </message>
        <message>
            <source>Turn off</source>
            <translation>Desligar</translation>
        </message>
        <message>
            <source>The second factor is off</source>
            <translation>O segundo fator está desligado</translation>
        </message>
        <message>
            <source>All sessions ended</source>
            <translation>Todas as sessões terminaram</translation>
        </message>
        <message>
            <source>Invite person again</source>
            <translation>Convidar pessoa de novo</translation>
        </message>
        <message>
            <source>Reset password of person</source>
            <translation>Nova senha para a pessoa</translation>
        </message>
    </context>
    <context>
        <name>VariableField</name>
        <message>
            <source>choice</source>
            <translation>escolha</translation>
        </message>
        <message>
            <source>Yes</source>
            <translation>Sim</translation>
        </message>
        <message>
            <source>No</source>
            <translation>Não</translation>
        </message>
        <message>
            <source>yes or no</source>
            <translation>sim ou não</translation>
        </message>
        <message>
            <source>number</source>
            <translation>número</translation>
        </message>
        <message>
            <source>text</source>
            <translation>texto</translation>
        </message>
        <message>
            <source>list, as JSON</source>
            <translation>lista, em JSON</translation>
        </message>
        <message>
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
    </context>
    <context>
        <name>VariablesForm</name>
        <message>
            <source>This cannot be read</source>
            <translation>Isto não pode ser lido</translation>
        </message>
        <message>
            <source>A value is needed</source>
            <translation>É preciso um valor</translation>
        </message>
        <message>
            <source>This template takes no variables.</source>
            <translation>Este modelo de prompt não recebe variáveis.</translation>
        </message>
    </context>
    <context>
        <name>WhoList</name>
        <message>
            <source>Kind</source>
            <translation>Tipo</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Quem</translation>
        </message>
        <message>
            <source>person</source>
            <translation>pessoa</translation>
        </message>
        <message>
            <source>role</source>
            <translation>função</translation>
        </message>
        <message>
            <source>Remove %1</source>
            <translation>Remover %1</translation>
        </message>
        <message>
            <source>Everyone</source>
            <translation>Todos</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>Função</translation>
        </message>
        <message>
            <source>Own role</source>
            <translation>Função própria</translation>
        </message>
        <message>
            <source>Person</source>
            <translation>Pessoa</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Adicionar</translation>
        </message>
        <message>
            <source>Add whom the rule speaks of</source>
            <translation>Adicionar de quem a regra fala</translation>
        </message>
    </context>
    <context>
        <name>WorkspaceSection</name>
        <message>
            <source>Try again</source>
            <translation>Tentar de novo</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <comment>what is used of a limit</comment>
            <translation>%1 de %2</translation>
        </message>
        <message>
            <source>Plan %1. People: %2. Templates: %3. Jobs today: %4. Waiting: %5.</source>
            <translation>Plano %1. Pessoas: %2. Modelos: %3. Execuções hoje: %4. Em espera: %5.</translation>
        </message>
        <message>
            <source>The workspace was changed</source>
            <translation>O espaço de trabalho foi alterado</translation>
        </message>
        <message>
            <source>Demand a second factor of everybody</source>
            <translation>Exigir um segundo fator de todos</translation>
        </message>
        <message>
            <source>Whoever has none can do nothing but set one up, from now on. You as well.</source>
            <translation>Quem não tem nenhum só pode configurar um, a partir de agora. Você também.</translation>
        </message>
        <message>
            <source>Demand it</source>
            <translation>Exigir</translation>
        </message>
        <message>
            <source>The workspace could not be changed</source>
            <translation>Não foi possível alterar o espaço de trabalho</translation>
        </message>
        <message>
            <source>Workspace</source>
            <translation>Espaço de trabalho</translation>
        </message>
        <message>
            <source>Name of the tenant</source>
            <translation>Nome da organização</translation>
        </message>
        <message>
            <source>Save workspace</source>
            <translation>Salvar espaço de trabalho</translation>
        </message>
        <message>
            <source>Second factor for everybody</source>
            <translation>Segundo fator para todos</translation>
        </message>
        <message>
            <source>Whoever has none can only set one up.</source>
            <translation>Quem não tem nenhum só pode configurar um.</translation>
        </message>
    </context>
</TS>
