using System.Net;
using Kinopress.Client;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Accounts;

public sealed class ProfileTests
{
    private const string NewEmail = "new@example.org";

    [Fact]
    public async Task A_name_is_changed_without_the_password()
    {
        await using var site = await TestSite.StartAsync();
        var viewer = await site.ClientAsync("viewer");

        var account = await viewer.Account.EditAsync(new ProfileEdit { Name = " Vera  Viewer " });

        Assert.Equal(("Vera Viewer", TestPeople.EmailOf("viewer")), (account.Name, account.Email));
        Assert.Equal("Vera Viewer", (await viewer.Account.GetAsync()).Name);
    }

    [Fact]
    public async Task Another_address_needs_the_password_and_is_signed_in_with_from_then_on()
    {
        await using var site = await TestSite.StartAsync();
        var viewer = await site.ClientAsync("viewer");

        await viewer.Account.EditAsync(new ProfileEdit { Email = NewEmail, CurrentPassword = TestPeople.Password });
        using var former = await site.Browser().SignInAsync(TestPeople.EmailOf("viewer"), TestPeople.Password);
        using var present = await site.Browser().SignInAsync(NewEmail, TestPeople.Password);

        Assert.Equal(HttpStatusCode.Unauthorized, former.StatusCode);
        Assert.Equal(HttpStatusCode.Found, present.StatusCode);
    }

    [Theory]
    [InlineData("", "viewer@example.org", null, "name")]
    [InlineData("Vera", "no address", null, "email")]
    [InlineData("Vera", NewEmail, null, "currentPassword")]
    [InlineData("Vera", NewEmail, "not the password", "currentPassword")]
    [InlineData("Vera", "Creator@example.org", TestPeople.Password, "email")]
    public async Task Each_mistake_is_named_by_its_field_and_changes_nothing(string name, string email, string? password, string field)
    {
        await using var site = await TestSite.StartAsync();
        var viewer = await site.ClientAsync("viewer");

        var problem = await Refusals.RefusedAsync(() => viewer.Account.EditAsync(new ProfileEdit { Name = name, Email = email, CurrentPassword = password }));

        Assert.Equal((400, "account.invalid"), (problem.Status, problem.Code));
        Assert.Equal(field, Assert.Single(problem.Errors?.Keys ?? []));
        Assert.Equal(("Test viewer", TestPeople.EmailOf("viewer")), await NameAndEmailAsync(viewer));
    }

    [Fact]
    public async Task Every_signed_in_person_has_an_account_page()
    {
        await using var site = await TestSite.StartAsync();
        var viewer = await site.BrowserAsync("viewer");

        using var saved = await viewer.SubmitAsync("/account", "/account", ("name", "Vera"), ("email", NewEmail), ("password", TestPeople.Password));
        var page = await viewer.OpenAsync(saved.Headers.Location?.OriginalString ?? "");
        using var asStranger = await site.Http.GetAsync("/account");

        Assert.Equal("/account?done=saved", saved.Headers.Location?.OriginalString);
        Assert.Equal("Vera", page.QuerySelector("#name")?.GetAttribute("value"));
        Assert.Equal(NewEmail, page.QuerySelector("#email")?.GetAttribute("value"));
        Assert.Contains("Saved.", page.QuerySelector("[role=status]")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("/login?returnUrl=/account", asStranger.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task The_account_page_names_mistakes_by_their_field_and_changes_the_password()
    {
        await using var site = await TestSite.StartAsync();
        var viewer = await site.BrowserAsync("viewer");

        using var wrong = await viewer.SubmitAsync("/account", "/account/password", ("current_password", "not it"), ("new_password", "a new one entirely"));
        using var right = await viewer.SubmitAsync("/account", "/account/password", ("current_password", TestPeople.Password), ("new_password", "a new one entirely"));
        using var stillHere = await viewer.GetAsync("/account");
        using var signIn = await site.Browser().SignInAsync(TestPeople.EmailOf("viewer"), "a new one entirely");

        Assert.NotNull((await viewer.ReadAsync(wrong)).QuerySelector("#current_password-error"));
        Assert.Equal("/account?done=password", right.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, stillHere.StatusCode);
        Assert.Equal(HttpStatusCode.Found, signIn.StatusCode);
    }

    private static async Task<(string Name, string Email)> NameAndEmailAsync(KinopressClient client)
    {
        var account = await client.Account.GetAsync();
        return (account.Name, account.Email);
    }
}
