using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;

namespace MailMarketing.Engine;

/// <summary>Renders a slice in parallel; one recipient's failure is its own.</summary>
internal sealed class SliceRenderer(TemplateCache templates, ILogger<SliceRenderer> logger)
{
    /// <summary>Each job's message, in order. A slice at a time, so that no more than a slice's bodies are in memory.</summary>
    /// <exception cref="OutOfMemoryException">The process lacks it, which is no job's fault.</exception>
    public PreparedMessage[] Render(IReadOnlyList<SendJob> jobs)
    {
        // Jobs of a block share their content's instance; comparing whole sources for each would cost more than rendering.
        var compiled = new Dictionary<FrozenContent, TemplateCache.Compiled>(ReferenceEqualityComparer.Instance);
        foreach (var job in jobs)
        {
            if (!compiled.ContainsKey(job.Content))
            {
                compiled[job.Content] = Compile(job);
            }
        }

        var prepared = new PreparedMessage[jobs.Count];
        try
        {
            Parallel.For(0, jobs.Count, index => prepared[index] = Render(jobs[index], compiled[jobs[index].Content]));
        }
        catch (AggregateException exception) when (exception.InnerExceptions.FirstOrDefault() is OutOfMemoryException shortage)
        {
            ExceptionDispatchInfo.Throw(shortage);
        }

        return prepared;
    }

    private TemplateCache.Compiled Compile(SendJob job)
    {
        try
        {
            return templates.Get(job.Content.Source);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.RenderFailed(logger, exception, job.JobId.Text);
            return new(null, "The template could not be compiled; the log says why.");
        }
    }

    private PreparedMessage Render(SendJob job, TemplateCache.Compiled compiled)
    {
        if (compiled.Template is not { } template)
        {
            return new(job, null, compiled.Error);
        }

        try
        {
            var (message, error) = MessageComposer.Compose(job, template.Render(new(job.Fields, job.Content.FrozenAt)));
            return new(job, message, error);
        }
        catch (TemplateException exception)
        {
            return new(job, null, exception.Message);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A renderer's own fault must not take its neighbours along.
            Log.RenderFailed(logger, exception, job.JobId.Text);
            return new(job, null, "It could not be rendered; the log says why.");
        }
    }
}
