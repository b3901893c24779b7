using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace MailMarketing.Templates.Scriban;

/// <summary>Runs one part for one recipient: escapes what is written, and counts what it costs.</summary>
internal sealed class RenderContext : TemplateContext, IDisposable
{
    private const int LoopSteps = 50_000;
    private const long AllocatedBytes = 48L * 1024 * 1024;
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _clock = new();
    private readonly ScriptObject _locals = [];
    private readonly RenderOutput _output = new();
    private IReadOnlyDictionary<string, object?> _fields = TemplateFields.Sample;
    private Locale _defaults = Locale.Default;
    private Locale? _locale;
    private int _lenient;
    private int _loopSteps;
    private long _started;
    private long _allocatedBefore;

    public RenderContext(bool escapes)
        : base(Builtins.Instance)
    {
        Escapes = escapes;
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedTargetAccess = false;
        LoopLimit = LoopSteps;
        LoopLimitQueryable = LoopSteps;
        RecursiveLimit = 50;
        ObjectRecursionLimit = 20;
        LimitToString = Limits.RenderedPart;
        OnStringLimit = ScriptLimitBehavior.Throw;
        // RenderOutput has the limit: the library's would add up over the renders of one context.
        OutputLimit = 0;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        TryGetVariable = (TemplateContext _, SourceSpan _, ScriptVariable _, out object? value) =>
        {
            value = null;
            return IsLenient;
        };
        TryGetMember = (TemplateContext _, SourceSpan _, object _, string _, out object? value) =>
        {
            value = null;
            return IsLenient;
        };
    }

    /// <summary>The template's only clock.</summary>
    public DateTime Now { get; private set; }

    /// <summary>True in the HTML part.</summary>
    public bool Escapes { get; }

    /// <summary>True where empty lines at both ends go.</summary>
    public bool TrimsLines { get; set; }

    /// <summary>How the recipient reads dates and numbers.</summary>
    public Locale Locale => _locale ??= Locale.Of(_fields, _defaults);

    /// <summary>How many nodes this render evaluated.</summary>
    public int Steps { get; private set; }

    /// <summary>True where a missing name is nothing instead of a failure: left of <c>??</c> and in a condition.</summary>
    public bool IsLenient => _lenient > 0;

    /// <summary>Renders; after an exception the context must not be used again.</summary>
    public string Render(ScriptPage page, Recipient recipient, ReadOnlyData data)
    {
        Steps = _loopSteps = 0;
        TrimsLines = false;
        (_fields, _defaults, _locale) = (recipient.Fields, Locale.Default, null);
        Now = DateTime.SpecifyKind(recipient.Now.DateTime, DateTimeKind.Unspecified);
        _started = Stopwatch.GetTimestamp();
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        _clock.CancelAfter(Time);
        CancellationToken = _clock.Token;
        PushGlobal(data);
        PushGlobal(_locals);
        PushOutput(_output);
        Evaluate(page);
        PopOutput();
        PopGlobal();
        PopGlobal();
        _locals.Clear();
        var text = _output.Take();
        return TrimsLines ? text.Trim('\n') : text;
    }

    /// <summary>What counts for recipients that say nothing of their own.</summary>
    public void UseDefaults(string language, string zone)
    {
        var culture = Locale.CultureOf(language) ?? throw new ArgumentException("This is not a language tag such as de or en-GB.", nameof(language));
        var clock = Locale.ZoneOf(zone) ?? throw new ArgumentException("This is not a time zone such as Europe/Berlin.", nameof(zone));
        (_defaults, _locale) = (new Locale(language.ToLowerInvariant(), culture, clock), null);
    }

    /// <summary>True where the context can serve the next recipient.</summary>
    public bool TryRecycle() => _clock.TryReset();

    public void Dispose() => _clock.Dispose();

    public override object? Evaluate(ScriptNode? scriptNode, bool aliasReturnedFunction)
    {
        Step();
        switch (scriptNode)
        {
            case ScriptRawStatement { Text: { FullText: { } text } slice } when EnableOutput:
                // Half of what a template is made of; the library would ask for indents and limits that there are none of
                Output.Write(text, slice.Index, slice.Length);
                return null;
            case ScriptCaptureStatement capture:
                Capture(capture);
                return null;
        }

        if (scriptNode is not ScriptExpression || !MayBeMissing(scriptNode))
        {
            return base.Evaluate(scriptNode, aliasReturnedFunction);
        }

        _lenient++;
        EnableRelaxedTargetAccess = EnableRelaxedMemberAccess = true;
        var value = base.Evaluate(scriptNode, aliasReturnedFunction);
        EnableRelaxedTargetAccess = EnableRelaxedMemberAccess = --_lenient > 0;
        return value;
    }

    public override TemplateContext Write(SourceSpan span, object? textAsObject)
    {
        if (!Escapes || textAsObject is null)
        {
            return base.Write(span, textAsObject);
        }

        var output = (RenderOutput)Output;
        if (textAsObject is SafeHtml { Value: var markup })
        {
            Write(UrlGuard.Allows(output.Written, WebUtility.HtmlDecode(markup)) ? markup : "#");
            return this;
        }

        var text = textAsObject as string ?? ObjectToString(textAsObject) ?? "";
        output.WriteEscaped(UrlGuard.Allows(output.Written, text) ? text : "#");
        return this;
    }

    public override string? ObjectToString(object? value, bool nested = false) =>
        value is SafeHtml safe ? safe.Value : base.ObjectToString(value, nested);

    protected override IObjectAccessor GetMemberAccessorImpl(object target) => target switch
    {
        DateTime => DateAccessor.Instance,
        IScriptObject or string or bool or int or long or float or double or decimal => base.GetMemberAccessorImpl(target)!,
        _ => throw new RenderLimitException($"A value of the kind {target.GetType().Name} has no members here."),
    };

    protected override IListAccessor? GetListAccessorImpl(object target, Type type) =>
        type == typeof(ReadOnlyList) ? ReadOnlyList.Accessor : base.GetListAccessorImpl(target, type);

    protected override bool OnStepLoop(ScriptLoopStatementBase loop)
    {
        // The library's limit starts anew with every loop; this one does not.
        if (++_loopSteps > LoopSteps)
        {
            throw new RenderLimitException($"The loops run more than {LoopSteps} times altogether.");
        }

        return base.OnStepLoop(loop);
    }

    // Escaped on its way in, so that printing it later must not escape it again.
    private void Capture(ScriptCaptureStatement capture)
    {
        var output = new RenderOutput();
        PushOutput(output);
        Evaluate(capture.Body, false);
        PopOutput();
        var text = output.Take();
        SetValue(capture.Target!, Escapes ? new SafeHtml(text) : text);
    }

    private void Step()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Steps++;
        if (Steps % 8 == 0 && GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore > AllocatedBytes)
        {
            throw new RenderLimitException($"The template uses more than {AllocatedBytes / 1024 / 1024} MiB of memory.");
        }

        if (Steps % 32 == 0 && Stopwatch.GetElapsedTime(_started) > Time)
        {
            throw new RenderLimitException($"The template takes longer than {Time.TotalMilliseconds} ms.", isTime: true);
        }
    }

    private static bool MayBeMissing(ScriptNode node) => node.Parent switch
    {
        ScriptBinaryExpression { Operator: ScriptBinaryOperator.EmptyCoalescing } binary => binary.Left == node,
        ScriptIfStatement statement => statement.Condition == node,
        ScriptConditionalExpression conditional => conditional.Condition == node,
        _ => false,
    };
}
