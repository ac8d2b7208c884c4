using System.CommandLine;
using Kinopress.Core.Features.Site;

namespace Kinopress.Server.Cli;

/// <summary><c>kinopress setup-link</c>: a new one-time link to the wizard; the one before stops working.</summary>
internal static class SetupLinkCommand
{
    public static Command Create()
    {
        var command = new Command("setup-link", "Print a new link to set the site up, good for 30 minutes.") { BootOptions.Urls }.With();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await CommandScope.OpenExistingAsync(parsed, cancellationToken);
        var address = SiteAddress.Of(scope.Options.Urls.Split(';'));
        return (await scope.Get<CreateSetupLink>().RunAsync(cancellationToken)).Match(
            token =>
            {
                Console.WriteLine($"{address}/setup?token={token}");
                return 0;
            },
            CommandLine.Refuse);
    }
}
