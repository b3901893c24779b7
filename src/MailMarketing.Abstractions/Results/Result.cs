using System.Diagnostics.CodeAnalysis;

namespace MailMarketing;

/// <summary>Either a value or the <see cref="MailMarketing.Problem"/> that prevented it.</summary>
/// <typeparam name="T">What the call gives when it succeeds.</typeparam>
public readonly struct Result<T>
    where T : class
{
    private Result(T? value, Problem? problem) => (Value, Problem) = (value, problem);

    /// <summary>The value; null where <see cref="Problem"/> is set.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null where <see cref="Value"/> is set.</summary>
    public Problem? Problem { get; }

    /// <summary>Whether the call succeeded.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Problem is null;

    /// <summary>The value, or a <see cref="MailMarketingException"/> with the problem's detail.</summary>
    public T OrThrow() => Succeeded ? Value : throw new MailMarketingException(Problem.Detail);

    /// <summary>Wraps a value.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "OrThrow and Value are the named alternates.")]
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Wraps a problem.</summary>
    [SuppressMessage("Usage", "CA2225", Justification = "OrThrow and Value are the named alternates.")]
    public static implicit operator Result<T>(Problem problem) => new(null, problem);
}
