using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MailMarketing.Templates.Scriban.Tests;

/// <summary>A secret stands wherever a process has some; no template finds it (FAULTS: S-12, B-T09, B-T11, B-T15).</summary>
public sealed class CanaryTests
{
    private const string Secret = "canary-5f2d9c";

    private static readonly string _file = Path.Combine(AppContext.BaseDirectory, "canary.txt");

    /// <summary>In a static field, where reflection would find it.</summary>
    public static string Static => Secret;

    public static TheoryData<string> Attempts =>
    [
        "{{ this }}", "{{ this | object.to_json }}", "{{ for x in this }}{{ x }}{{ end }}", "{{ env }}", "{{ env.CANARY }}", "{{ environment }}",
        "{{ config }}", "{{ configuration['Canary'] }}", "{{ services }}", "{{ import 'env' }}", "{{ import attributes.holder }}",
        "{{ with attributes.holder }}{{ secret }}{{ end }}", "{{ attributes.holder.secret }}", "{{ attributes.holder.Secret }}",
        "{{ attributes.holder['secret'] }}", "{{ attributes.holder | object.to_json }}", "{{ attributes.holder | object.keys }}",
        "{{ attributes.holder | object.values }}", "{{ attributes.holder | object.size }}", "{{ for p in attributes.holder }}{{ p }}{{ end }}",
        "{{ attributes.holder.get_type }}", "{{ attributes.holder.get_type.assembly }}", "{{ attributes.holder.GetType }}",
        "{{ name.get_type.assembly.location }}", "{{ date.now.get_type }}", "{{ object.eval 'secret' }}", "{{ object.eval_template '{{ secret }}' }}",
        "{{ '{{ secret }}' | object.eval_template }}", "{{ attributes.code }}", "{{ attributes.code | object.eval_template }}",
        "{{ include 'canary.txt' }}", "{{ include '/proc/self/environ' }}", "{{ include '../canary.txt' }}", "{{ include attributes.path }}",
        "{{ layout '/proc/self/environ' }}x", "{{ readfile 'canary.txt' }}", "{{ file.read attributes.path }}", "{{ string.secret }}",
        "{{ @string.upcase }}", "{{ x = @object.default; x.target }}", "{{ date.format }}", "{{ http.get 'http://127.0.0.1' }}",
        "{{ 'MAILMARKETING_CANARY' | string.to_env }}", "{{ $ }}", "{{ $0 }}", "{{ captures }}", "{{ builtins }}", "{{ template }}",
    ];

    [Theory]
    [MemberData(nameof(Attempts))]
    public void No_template_reaches_beyond_its_recipient(string html)
    {
        File.WriteAllText(_file, Secret);
        Environment.SetEnvironmentVariable("MAILMARKETING_CANARY", Secret);
        Environment.SetEnvironmentVariable("CANARY", Secret);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Canary", Secret)]).Build());
        services.AddSingleton(new Holder());
        new MailMarketingBuilder(services).UseScriban();
        using var provider = services.BuildServiceProvider();
        var renderer = provider.GetServices<ITemplateRenderer>().Single(one => one.Language == "scriban");
        var source = new TemplateSource { Subject = "s", Html = html, Text = "t" };
        var recipient = Some.Recipient("Ada", ("holder", new Holder()), ("code", "{{ secret }}"), ("path", _file));

        var said = new List<string>(renderer.Check(source, TemplateFields.BuiltIn).Select(mistake => mistake.Message));
        var build = ((ITemplateBuilder)renderer).Build(source, new TemplateSurroundings { Model = ContactModel.Free });
        said.AddRange(build.Mistakes.Select(mistake => mistake.Message));
        foreach (var one in new[] { source, build.Source }.OfType<TemplateSource>())
        {
            try
            {
                said.Add(renderer.Compile(one).Render(recipient).Html!);
            }
            catch (TemplateException failure)
            {
                said.Add(failure.ToString());
            }
        }

        Assert.NotEmpty(said);
        Assert.All(said, words => Assert.DoesNotContain(Secret, words, StringComparison.Ordinal));
    }

    /// <summary>An object of the app's own that came among a contact's attributes by mistake.</summary>
    private sealed class Holder
    {
        public string Secret { get; } = CanaryTests.Secret;
    }
}
