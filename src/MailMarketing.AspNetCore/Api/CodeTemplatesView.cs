namespace MailMarketing.AspNetCore.Api;

internal sealed record CodeTemplatesView(IReadOnlyList<CodeTemplateView> Items);
