using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Features.Channels;
using Kinopress.Core.Features.Setup;
using Kinopress.Core.Foundation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Testing;

/// <summary>The people of a set-up test site: one for each role. The owner and the creators have channels.</summary>
public static class TestPeople
{
    public const string SiteName = "Film Night";
    public const string Password = "correct horse battery staple";

    /// <summary>A second creator, for what is somebody else's.</summary>
    public const string OtherCreator = "creator2";

    public static string EmailOf(string person) => $"{person}@example.org";

    internal static async Task MoveInAsync(IServiceProvider services)
    {
        var setUp = services.GetRequiredService<SetUpSite>();
        var owner = await setUp.RunAsync(
            new SetupRequest(SiteName, new NewAccount("Anna Owner", EmailOf("owner"), Password)), setupToken: null, CancellationToken.None);
        if (owner.Failed(out var failure))
        {
            throw new InvalidOperationException(failure.Message);
        }

        var users = services.GetRequiredService<UserManager<User>>();
        var db = services.GetRequiredService<KinopressDbContext>();
        var clock = services.GetRequiredService<TimeProvider>();
        foreach (var (person, role) in (IEnumerable<(string, Role)>)[.. Role.All.Values.Where(role => role != Role.Owner).Select(role => (role.Name, role)), (OtherCreator, Role.Creator)])
        {
            var user = User.Create($"Test {person}", EmailOf(person), role, clock);
            if (role == Role.Creator)
            {
                db.Channels.Add(Channel.Create($"Channel of {person}", person, user.Id, clock));
            }

            await users.CreateAsync(user, Password);
        }
    }
}
