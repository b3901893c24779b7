using BenchmarkDotNet.Attributes;

namespace MailMarketing.Benchmarks;

/// <summary>One newsletter for one recipient, against building the same strings by hand with the same escaping.</summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private readonly ICompiledTemplate _template = Newsletter.Compile();
    private readonly ByHand _byHand = new();

    /// <summary>The ceiling.</summary>
    [Benchmark(Baseline = true)]
    public RenderedEmail ByHand() => _byHand.Render(Newsletter.Reader);

    /// <summary>The template as the engine renders it.</summary>
    [Benchmark]
    public RenderedEmail Scriban() => _template.Render(Newsletter.Reader);
}
