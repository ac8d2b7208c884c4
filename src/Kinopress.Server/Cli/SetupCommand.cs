using System.CommandLine;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Setup;

namespace Kinopress.Server.Cli;

/// <summary><c>kinopress setup</c>: the wizard without a browser. Works while the site runs and while it does not.</summary>
internal static class SetupCommand
{
    private static readonly Option<string> SiteName = new("--site-name") { Description = "What the site is called.", Required = true };
    private static readonly Option<string> OwnerName = new("--owner-name") { Description = "What people call you.", Required = true };
    private static readonly Option<string> OwnerEmail = new("--owner-email") { Description = "What you sign in with.", Required = true };
    private static readonly Option<bool> PasswordFromInput = new("--owner-password-stdin") { Description = "Read the password from standard input, so that it is in no list of processes.", Required = true };

    public static Command Create()
    {
        var command = new Command("setup", "Set the site up without a browser.") { SiteName, OwnerName, OwnerEmail, PasswordFromInput }.With();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var password = await Console.In.ReadLineAsync(cancellationToken);
        await using var scope = await CommandScope.OpenAsync(parsed, prepare: true, cancellationToken);
        var request = new SetupRequest(
            parsed.GetRequiredValue(SiteName),
            new NewAccount(parsed.GetRequiredValue(OwnerName), parsed.GetRequiredValue(OwnerEmail), password));
        var result = await scope.Get<SetUpSite>().RunAsync(request, setupToken: null, cancellationToken);
        return result.Match(
            owner =>
            {
                Console.WriteLine($"{request.SiteName} is set up. Sign in as {owner.Email}.");
                return 0;
            },
            CommandLine.Refuse);
    }
}
