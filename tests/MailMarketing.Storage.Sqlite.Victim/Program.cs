using MailMarketing;
using MailMarketing.Storage.Sqlite.Victim;
using Microsoft.Extensions.DependencyInjection;

// A process to be killed: works on the databases of a folder until everything is sent, and prints what is committed, a line each.
// With a third argument it stops after its first step, until it gets a line.
var (folder, run) = (args[0], args[1]);
using var web = Build(builder => builder.UseSqlite($"Data Source={folder}/mail.db"));
using var intake = Build(builder => builder.UseSqliteIntake($"Data Source={folder}/queue.db"));
var sender = new Sender(web.GetRequiredService<ISendQueue>(), intake.GetRequiredService<ISendIntake>(), run);
var remote = new Remote(web.GetRequiredService<IHandOverQueue>(), web.GetRequiredService<IDeliveryStore>());
if (args.Length > 2)
{
    await sender.StepAsync();
    Console.WriteLine("stepped");
    Console.ReadLine();
}

Task[] work = [Task.Run(() => WorkAsync(sender.StepAsync)), Task.Run(() => WorkAsync(remote.StepAsync))];

// Where one of them fails, the process does
await await Task.WhenAny(work);
await Task.WhenAll(work);

static ServiceProvider Build(Action<MailMarketingBuilder> use)
{
    var services = new ServiceCollection().AddSingleton(new Lane("here", _ => new())).AddSingleton(new Lane("elsewhere", _ => new()));
    use(new MailMarketingBuilder(services));
    return services.BuildServiceProvider();
}

async Task WorkAsync(Func<Task<bool>> step)
{
    // What a killed process had claimed comes back when its lease ends.
    while (await step() || await AnyWaitingAsync())
    {
    }
}

async Task<bool> AnyWaitingAsync()
{
    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    var campaigns = await web.GetRequiredService<ICampaignStore>().ListAsync(new PageRequest(), CancellationToken.None);
    return campaigns.Items.Any(campaign => campaign.State != CampaignState.Completed);
}
