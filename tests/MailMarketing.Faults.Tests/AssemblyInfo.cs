// One after the other: each deployment has the machine for itself, so that moments are what they seem
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
