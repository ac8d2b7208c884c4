using Kinopress.Core.Data;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Makes an account for whoever asks, where the site's owner allows it. New people are viewers.</summary>
public sealed class RegisterUser(KinopressDbContext db, UserManager<User> users, TimeProvider clock)
{
    /// <returns><c>account.registration_closed</c>, or <c>account.invalid</c> with messages by field.</returns>
    public async Task<Result<User>> RunAsync(NewAccount account, CancellationToken cancellationToken)
    {
        if (!await db.Sites.AnyAsync(site => site.RegistrationOpen, cancellationToken))
        {
            return AccountFailures.RegistrationClosed;
        }

        Dictionary<string, string> mistakes = new(StringComparer.Ordinal);
        if (account.Validate(mistakes) is not { } valid)
        {
            return AccountFailures.Invalid(mistakes);
        }

        var user = User.Create(valid.Name, valid.Email, Role.Viewer, clock);
        var created = await users.CreateAsync(user, valid.Password);
        return created.Succeeded ? user : AccountFailures.From(created);
    }
}
