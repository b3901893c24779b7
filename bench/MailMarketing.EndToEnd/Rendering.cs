using System.Globalization;
using Fluid;
using HandlebarsDotNet;

namespace MailMarketing.EndToEnd;

/// <summary>One newsletter, rendered by ours, by hand, and by two other template engines.</summary>
internal static class Rendering
{
    private const int Batch = 20_000;
    private const int AllowedBytes = 10 * 1024;
    private const double ThreadsWanted = 1.8;

    private static readonly string[] _parts = ["News for {{ name }}", Newsletter.Html, Newsletter.Text];

    public static async Task<List<Row>> RunAsync(Arguments arguments)
    {
        var template = Newsletter.Compile();
        var (byHand, another, fluid, handlebars) = (new ByHand(), new ByHand(), Fluid(), Handlebar());
        if (byHand.Render(Newsletter.Reader) is var email && email != template.Render(Newsletter.Reader))
        {
            throw new InvalidOperationException("By hand it is another newsletter.");
        }

        Check(email.Html!, fluid()[1], handlebars()[1]);

        var turns = new Turns(await Meter.OfAsync(null));
        var ours = turns.Add("Scriban, ours", Batch, () => Times(Batch, () => template.Render(Newsletter.Reader)));
        var bare = turns.Add("by hand", Batch, () => Times(Batch, () => byHand.Render(Newsletter.Reader)));
        turns.Add("Fluid", Batch, () => Times(Batch, fluid));
        turns.Add("Handlebars.Net", Batch, () => Times(Batch, handlebars));
        var two = turns.Add("Scriban, two threads", 2 * Batch, () => Twice(() => template.Render(Newsletter.Reader), () => template.Render(Newsletter.Reader)));
        var bareTwo = turns.Add("by hand, two threads", 2 * Batch, () => Twice(() => byHand.Render(Newsletter.Reader), () => another.Render(Newsletter.Reader)));
        Contestant.PrintHeader("Rendering");
        await turns.RunAsync(arguments.Rounds, warmUps: 3);

        var allocated = Allocated(() => template.Render(Newsletter.Reader));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"bytes for each: {allocated} ours, {Allocated(() => byHand.Render(Newsletter.Reader))} by hand, {Allocated(fluid)} Fluid, {Allocated(handlebars)} Handlebars.Net"));

        // What two threads gain is the machine's and the collector's as well as ours
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"two threads over one: {two.Rate / ours.Rate:0.00} ours, {bareTwo.Rate / bare.Rate:0.00} by hand"));
        var threads = two.Over("render-two-threads", ours, "renders/s");
        return
        [
            ours.OverByCpu("render", bare, "renders/s of a core"),
            Row.Of("render-bytes", allocated, AllowedBytes, "bytes"),
            threads with { Ratio = threads.Ratio / ThreadsWanted, Ceiling = threads.Ceiling * ThreadsWanted },
        ];
    }

    /// <summary>The same parts in the words of another engine.</summary>
    private static List<string> Translate(string loop, string endLoop, string condition, string endCondition) => [.. _parts.Select(part =>
    {
        part = part.Replace("{{ for item in attributes.items }}", loop, StringComparison.Ordinal)
            .Replace("{{ if attributes.vip }}", condition, StringComparison.Ordinal);
        var end = part.IndexOf("{{ end }}", StringComparison.Ordinal);
        return end < 0 ? part : string.Concat(part.AsSpan(0, end), endLoop, part.AsSpan(end + "{{ end }}".Length))
            .Replace("{{ end }}", endCondition, StringComparison.Ordinal);
    })];

    private static Task Times(int times, Func<object> render)
    {
        for (var i = 0; i < times; i++)
        {
            render();
        }

        return Task.CompletedTask;
    }

    private static Task Twice(Func<object> one, Func<object> other) =>
        Task.WhenAll(Task.Run(() => Times(Batch, one)), Task.Run(() => Times(Batch, other)));

    private static long Allocated(Func<object> render)
    {
        const int Times = 1000;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            render();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Times;
    }

    private static Func<string[]> Fluid()
    {
        var parser = new FluidParser();
        var parts = Translate("{% for item in attributes.items %}", "{% endfor %}", "{% if attributes.vip %}", "{% endif %}")
            .ConvertAll(part => parser.Parse(part));
        return () =>
        {
            var context = new TemplateContext();
            foreach (var (name, value) in Newsletter.Reader.Fields)
            {
                context.SetValue(name, value);
            }

            return [parts[0].Render(context), parts[1].Render(context, System.Text.Encodings.Web.HtmlEncoder.Default), parts[2].Render(context)];
        };
    }

    private static Func<string[]> Handlebar()
    {
        var (html, text) = (Handlebars.Create(), Handlebars.Create(new HandlebarsConfiguration { NoEscape = true }));
        var parts = Translate("{{#each attributes.items}}", "{{/each}}", "{{#if attributes.vip}}", "{{/if}}")
            .ConvertAll(part => part.Replace("{{ item.", "{{ ", StringComparison.Ordinal))
            .Select((part, i) => (i == 1 ? html : text).Compile(part)).ToList();
        return () => [parts[0](Newsletter.Reader.Fields), parts[1](Newsletter.Reader.Fields), parts[2](Newsletter.Reader.Fields)];
    }

    // Each escapes in its own words
    private static void Check(params string[] rendered)
    {
        foreach (var html in rendered)
        {
            if (!html.Contains("Story &lt;3&gt;", StringComparison.Ordinal) || !html.Contains("Plus &amp; more", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"This is not the newsletter: {html}");
            }
        }
    }
}
