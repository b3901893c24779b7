using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>One part, parsed once; contexts are pooled, since a new one costs several times a render.</summary>
internal sealed class ScribanPart(string name, ScriptPage page)
{
    // Fewer steps than this cannot take 250 ms of work: the machine was busy, and the render deserves another chance.
    private const int BusyMachineSteps = 2_000;
    private readonly ConcurrentBag<RenderContext> _contexts = [];

    public string Render(Recipient recipient, ReadOnlyData data) =>
        TryRender(recipient, data, isLastChance: false) ?? TryRender(recipient, data, isLastChance: true)!;

    private string? TryRender(Recipient recipient, ReadOnlyData data, bool isLastChance)
    {
        if (!_contexts.TryTake(out var context))
        {
            context = new RenderContext(name == TemplateParts.Html);
        }

        try
        {
            var output = context.Render(page, recipient, data);
            if (context.TryRecycle())
            {
                _contexts.Add(context);
            }
            else
            {
                context.Dispose();
            }

            return output;
        }
        catch (Exception exception)
        {
            context.Dispose();
            if (Causes(exception).OfType<OutOfMemoryException>().FirstOrDefault() is { } shortage)
            {
                // The process lacks it, which says nothing about the recipient
                ExceptionDispatchInfo.Throw(shortage);
            }

            var isTime = Causes(exception).Any(cause => cause is RenderLimitException { IsTime: true } or ScriptAbortException);
            if (isTime && !isLastChance && context.Steps < BusyMachineSteps)
            {
                return null;
            }

            var cause = Causes(exception).OfType<RenderLimitException>().FirstOrDefault() ?? exception;
            throw new TemplateException($"The template's {name} cannot be rendered for this recipient: {Words(cause)}", exception);
        }
    }

    private static IEnumerable<Exception> Causes(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }

    // Scriban's own text begins with the name of a file that there is none of
    private static string Words(Exception cause) => cause is ScriptRuntimeException mistake
        ? $"line {mistake.Span.Start.Line + 1}, column {mistake.Span.Start.Column + 1}: {mistake.OriginalMessage}"
        : cause.Message;
}
