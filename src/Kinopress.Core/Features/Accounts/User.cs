using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Accounts;

/// <summary>
/// An account. ASP.NET Core Identity's manager keeps its secrets through <see cref="UserStore"/>; the rest of the
/// product sees a name, an address and a role.
/// </summary>
public sealed class User
{
    public const int MaxNameLength = 80;
    public const int MaxEmailLength = 254;

    private User()
    {
    }

    public Id<User> Id { get; private set; }

    /// <summary>What others see.</summary>
    public string Name { get; internal set; } = "";

    public string Email { get; internal set; } = "";

    /// <summary>Upper-cased for look-ups; unique.</summary>
    public string NormalizedEmail { get; internal set; } = "";

    /// <summary>A key of <see cref="Role.All"/>.</summary>
    public string Role { get; internal set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    internal string? PasswordHash { get; set; }

    /// <summary>Changes whenever a secret changes; sessions that carry an older one end.</summary>
    internal string SecurityStamp { get; set; } = "";

    /// <summary>What a session remembers: it ends when this changes.</summary>
    public string SessionStamp => SecurityStamp;

    internal string ConcurrencyStamp { get; set; } = "";

    internal int FailedSignIns { get; set; }

    internal DateTimeOffset? LockedOutUntil { get; set; }

    public static User Create(string name, string email, Role role, TimeProvider clock) => new()
    {
        Id = Id<User>.New(clock),
        Name = name,
        Email = email,
        NormalizedEmail = email.ToUpperInvariant(),
        Role = role.Name,
        CreatedAt = clock.GetUtcNow(),
    };
}
