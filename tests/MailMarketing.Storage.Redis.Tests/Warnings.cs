using Microsoft.Extensions.Logging;

namespace MailMarketing.Storage.Redis.Tests;

/// <summary>Keeps what is logged as a warning or worse.</summary>
internal sealed class Warnings : ILoggerProvider, ILogger
{
    public List<string> Texts { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Texts.Add(formatter(state, exception));
}
