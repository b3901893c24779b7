using ReferenceHost;

return await Roles.RunAsync(args);
