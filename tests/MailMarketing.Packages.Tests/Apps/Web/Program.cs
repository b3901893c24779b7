using MailMarketing;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthorizationBuilder().AddPolicy("Marketing", policy => policy.RequireAssertion(context =>
    context.Resource is HttpContext { Request.Headers: var headers } && headers["X-Role"] == "marketer"));
builder.Services.AddAuthentication().AddCookie();
builder.Services.AddMailMarketing().UseSqlite("Data Source=mail.db").UseScriban()
    .AddHttpGateway("default", gateway => gateway.Endpoint = new Uri("http://localhost:5052"))
    .AddSmtpGateway("smtp", gateway => gateway.Host = "smtp.example.org").AddDashboard();

var app = builder.Build();
app.MapGet("/", () => "The app's own page.");
app.MapMailMarketingDashboard("/admin/mail", "Marketing");
app.Run();
