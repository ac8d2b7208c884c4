using System.CommandLine;
using Kinopress.Core.Features.Accounts;

namespace Kinopress.Server.Cli;

/// <summary><c>kinopress token create</c>: an access token for a person, printed alone on standard output.</summary>
internal static class TokenCommand
{
    private static readonly Option<string> User = new("--user") { Description = "The person's e-mail address.", Required = true };
    private static readonly Option<string> Name = new("--name") { Description = "What the token is for.", Required = true };
    private static readonly Option<string?> Scopes = new("--scopes") { Description = "Separated by commas or spaces; without it every scope." };

    public static Command Create()
    {
        var create = new Command("create", "Make an access token and print it, this once.") { User, Name, Scopes }.With();
        create.SetAction(RunAsync);
        return new Command("token", "Access tokens for the API.") { create };
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var scope = await CommandScope.OpenExistingAsync(parsed, cancellationToken);
        if (await scope.Get<AccountQueries>().FindCallerByEmailAsync(parsed.GetRequiredValue(User), cancellationToken) is not { } caller)
        {
            return CommandLine.Refuse(AccountFailures.NotFound);
        }

        var scopes = parsed.GetValue(Scopes)?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);
        var created = await scope.Get<CreateAccessToken>().RunAsync(parsed.GetRequiredValue(Name), scopes, expiresAt: null, caller, cancellationToken);
        return created.Match(
            token =>
            {
                Console.WriteLine(token.Secret);
                return 0;
            },
            CommandLine.Refuse);
    }
}
