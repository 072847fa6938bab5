using System.Text.Json.Nodes;
using WasmWizard.Delivery.Kubernetes.Simulator.Objects;

namespace WasmWizard.Delivery.Kubernetes.Simulator.Controllers;

/// <summary>Runs one pod for each Job until it ends, again after a failure as often as the Job allows.</summary>
internal sealed class JobController(Scope scope)
{
    public void Run()
    {
        foreach (var job in scope.Store.All(Scope.Jobs).ToList())
        {
            if (Scope.Condition(job, "Complete") != "True" && Scope.Condition(job, "Failed") != "True" && !job.Is("spec", "suspend"))
                Run(job);
        }
    }

    private void Run(JsonObject job)
    {
        var pods = scope.PodsOf(job);
        var failed = pods.Count(pod => pod.Text("status", "phase") == "Failed");
        var succeeded = pods.Count(pod => pod.Text("status", "phase") == "Succeeded");
        var active = pods.Count - failed - succeeded;
        var status = (job["status"] as JsonObject)?.Copy() ?? [];
        status["startTime"] ??= Json.Time(scope.Now);
        (status["active"], status["failed"], status["succeeded"]) = (active, failed, succeeded);
        var late = scope.Now - DateTimeOffset.Parse(status.Text("startTime")!, System.Globalization.CultureInfo.InvariantCulture) > TimeSpan.FromSeconds(job.Number("spec", "activeDeadlineSeconds") ?? int.MaxValue);
        if (succeeded > 0)
        {
            status["completionTime"] = Json.Time(scope.Now);
            Json.SetCondition(status, "Complete", true, "CompletionsReached", "Reached expected number of succeeded pods", scope.Now);
        }
        else if (failed > (job.Number("spec", "backoffLimit") ?? 6))
        {
            Json.SetCondition(status, "Failed", true, "BackoffLimitExceeded", "Job has reached the specified backoff limit", scope.Now);
        }
        else if (late)
        {
            Json.SetCondition(status, "Failed", true, "DeadlineExceeded", "Job was active longer than specified deadline", scope.Now);
        }
        else if (active == 0)
        {
            Start(job, failed);
        }

        scope.SetStatus(Scope.Jobs, scope.Store.Find(Scope.Jobs, job.Space(), job.Name())!, status);
    }

    private void Start(JsonObject job, int attempt)
    {
        var template = job.At("spec", "template")!.AsObject();
        var labels = (template.At("metadata", "labels") as JsonObject)?.Copy() ?? [];
        labels["batch.kubernetes.io/job-name"] = job.Name();
        labels["job-name"] = job.Name();
        scope.Store.Add(Scope.Pods, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = $"{job.Name()}-{attempt}", ["namespace"] = job.Space(), ["labels"] = labels, ["ownerReferences"] = Scope.OwnerOf(job) },
            ["spec"] = template.At("spec")!.DeepClone(),
            ["status"] = new JsonObject { ["phase"] = "Pending" },
        });
    }
}
