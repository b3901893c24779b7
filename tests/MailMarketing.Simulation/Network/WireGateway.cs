namespace MailMarketing.Simulation;

/// <summary>The gateway as a machine reaches it: requests and answers get lost, and some come late.</summary>
internal sealed class WireGateway(World world, Plan plan, Machine machine, Sink sink, Ledger ledger) : IEmailGateway
{
    public async Task<IReadOnlyList<GatewayResult>> SendAsync(
        IReadOnlyList<EmailMessage> messages, GatewayCredentials? credentials, CancellationToken cancellationToken)
    {
        if (machine.IsDoomed)
        {
            // Whom rendering killed sends nothing any more
            await Task.Delay(TimeSpan.FromMilliseconds(1), machine.Time, CancellationToken.None);
        }

        world.Note($"{machine.Name} sends {string.Join(' ', messages.Select(message => message.To.Email))}");
        foreach (var message in messages)
        {
            ledger.Leaves(machine, message.IdempotencyKey);
            machine.IsDoomed |= !plan.PoisonsRendering && ledger.IsPoison(message.To.Email);
        }

        var answers = await Task.WhenAll(messages.Select(message => AskAsync(message, credentials)));
        if (ledger.IsTrouble && world.Chance(plan.Throws))
        {
            ledger.Unanswered([.. messages.Select(message => message.IdempotencyKey)]);
            throw new InvalidOperationException("The gateway's client broke.");
        }

        for (var i = 0; i < answers.Length; i++)
        {
            if (answers[i].Outcome == GatewayOutcome.Ambiguous)
            {
                ledger.Unanswered([messages[i].IdempotencyKey]);
            }
        }

        return answers;
    }

    private async Task<GatewayResult> AskAsync(EmailMessage message, GatewayCredentials? credentials)
    {
        if (ledger.IsTrouble && world.Chance(plan.NotSent))
        {
            await Task.Delay(world.Between(0, 10), machine.Time, CancellationToken.None);
            return new GatewayResult(GatewayOutcome.NotSent, "It refused the connection.");
        }

        var reply = new TaskCompletionSource<GatewayResult>();
        if (!(ledger.IsTrouble && world.Chance(plan.LostRequest)))
        {
            var isReplyLost = ledger.IsTrouble && world.Chance(plan.LostReply);
            var latency = ledger.IsTrouble && world.Chance(plan.Late) ? world.Between(500, 8000) : world.Between(1, 60);
            sink.Machine.Start(async () =>
            {
                await Task.Delay(latency, sink.Machine.Time, CancellationToken.None);
                var answer = await sink.ReceiveAsync(message, credentials?.Password, ledger.IsAlwaysRejected(message.To.Email));
                if (!isReplyLost)
                {
                    reply.TrySetResult(answer);
                }
            });
        }

        // A reset tells soon, silence only by the time-out
        var patience = world.Chance(0.5) ? plan.TimeOut : world.Between(100, plan.TimeOut.TotalMilliseconds);
        var silence = Task.Delay(patience, machine.Time, CancellationToken.None);
        return await Task.WhenAny(reply.Task, silence) == silence
            ? new GatewayResult(GatewayOutcome.Ambiguous, "No answer came.")
            : await reply.Task;
    }
}
