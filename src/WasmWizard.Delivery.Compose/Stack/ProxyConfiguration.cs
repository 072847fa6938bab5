using WasmWizard.Delivery.Generation;

namespace WasmWizard.Delivery.Compose.Stack;

/// <summary>
/// HAProxy's configuration. It never changes between deployments: which of the two slots serves is told through the runtime interface, so no
/// connection is ever closed for it. Containers that were started by hand are found by name and serve when no slot does.
/// </summary>
public static class ProxyConfiguration
{
    public static string Text(ComposeLayout stack) => $$"""
        {{string.Join('\n', GeneratedHeader.Lines("WasmWizard.Delivery.Compose", "build/Strategy.cs").Select(line => $"# {line}"))}}
        global
          log stdout format raw local0 notice
          stats socket ipv4@{{stack.ControlAddress}}:{{ComposeLayout.ControlPort}} level admin
          ssl-default-bind-options ssl-min-ver TLSv1.2
          # Idle connections of a stopping proxy are not cut all at once.
          close-spread-time 5s
          hard-stop-after 60s

        defaults
          mode http
          log global
          timeout connect 5s
          timeout client 120s
          # The longest execution (30 s) and its queue.
          timeout server 120s
          timeout http-keep-alive 120s
          timeout check 5s
          option forwardfor
          option dontlognull

        resolvers docker
          nameserver engine 127.0.0.11:53
          resolve_retries 3
          timeout resolve 1s
          timeout retry 1s
          hold valid 2s
          hold other 30s
          hold refused 30s
          hold timeout 30s

        frontend https
          bind :{{ComposeLayout.ProxyPort}} ssl crt {{stack.CertificatePath}} alpn h2,http/1.1
          http-request set-header X-Forwarded-Proto https
          http-request del-header X-Forwarded-Host
          # Metrics and nothing else are for the inside alone.
          http-request deny deny_status 404 if { path /metrics }
          http-response set-header Strict-Transport-Security "max-age=31536000"
          use_backend release if { nbsrv(release) gt 0 }
          default_backend by-hand

        backend release
          option httpchk
          http-check send meth GET uri /health/ready hdr Host {{ComposeLayout.Service}}
          http-reuse safe
          default-server check inter 2s fall 3 rise 1
          server {{Server(Slot.A)}} {{stack.AddressOf(Slot.A)}}:{{ComposeLayout.ServicePort}}
          server {{Server(Slot.B)}} {{stack.AddressOf(Slot.B)}}:{{ComposeLayout.ServicePort}}

        backend by-hand
          option httpchk
          http-check send meth GET uri /health/ready hdr Host {{ComposeLayout.Service}}
          default-server check inter 1s fall 2 rise 1 init-addr none resolvers docker
          server-template hand 1-4 {{ComposeLayout.Service}}:{{ComposeLayout.ServicePort}}

        """.ReplaceLineEndings("\n");

    /// <summary>The slot's name in the backend <c>release</c>.</summary>
    public static string Server(Slot slot) => slot is Slot.A ? "a" : "b";
}
