using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Kinopress.Core.Features.Accounts;

/// <summary>Accounts: who people are and how they prove it.</summary>
public static class AccountsFeature
{
    public const int MinPasswordLength = 8;
    public const int MaxPasswordLength = 256;

    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(5);

    private const int PasswordTries = 5;

    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<User>(identity =>
        {
            // Length is what helps (NIST SP 800-63B §5.1.1.2); rules about kinds of characters do not.
            identity.Password.RequiredLength = MinPasswordLength;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
            identity.Password.RequiredUniqueChars = 3;
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
            identity.Lockout.MaxFailedAccessAttempts = PasswordTries;
            identity.Lockout.DefaultLockoutTimeSpan = LockOut;
        }).AddUserStore<UserStore>().AddPasswordValidator<CommonPasswords>();

        return services
            .AddSingleton<SignInTurns>()
            .AddSingleton<SignInPatience>()
            .AddScoped<AccountQueries>()
            .AddScoped<SignIn>()
            .AddScoped<RegisterUser>()
            .AddScoped<EditProfile>()
            .AddScoped<ChangePassword>()
            .AddScoped<SetPassword>()
            .AddScoped<CreateAccessToken>()
            .AddScoped<RevokeAccessToken>();
    }
}
