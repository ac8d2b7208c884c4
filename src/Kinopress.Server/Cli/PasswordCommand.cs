using System.CommandLine;
using Kinopress.Core.Features.Accounts;

namespace Kinopress.Server.Cli;

/// <summary><c>kinopress password</c>: a new password for somebody who forgot it. Works while the site runs.</summary>
internal static class PasswordCommand
{
    private static readonly Option<string> User = new("--user") { Description = "The person's e-mail address.", Required = true };
    private static readonly Option<bool> FromInput = new("--password-stdin") { Description = "Read the new password from standard input, so that it is in no list of processes.", Required = true };

    public static Command Create()
    {
        var command = new Command("password", "Set a new password for somebody who forgot it; their sessions end.") { User, FromInput }.With();
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            await Console.Error.WriteLineAsync("Type the new password and press Enter.");
        }

        var password = await Console.In.ReadLineAsync(cancellationToken);
        await using var scope = await CommandScope.OpenExistingAsync(parsed, cancellationToken);
        return (await scope.Get<SetPassword>().RunAsync(parsed.GetRequiredValue(User), password, cancellationToken)).Match(
            user =>
            {
                Console.WriteLine($"{user.Email} has a new password. Sessions of this account have ended.");
                return 0;
            },
            CommandLine.Refuse);
    }
}
