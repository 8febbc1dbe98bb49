"""The chain written a second time, straight down with bare numbers, to hold the model against."""

# ruff: noqa: N806 -- the formulas' own letters, so that paper and code lie side by side

from cmath import phase, rect
from math import atan2, cos, degrees, exp, log, radians, sin, sqrt

from interactive.model.chain import Body, Setup

G = 9.80665


def plain_chain(setup: Setup, body: Body) -> dict[str, float]:
    """Return every figure of one evaluation; raises ValueError where the plate is out of reach."""
    wide = cos(radians(setup.stance_deg))
    a = setup.thigh_fraction * setup.stature_cm / 100 * wide
    b = setup.shank_fraction * setup.stature_cm / 100 * wide
    u = (setup.foot_height_cm + body.foot_error_cm) / 100
    tau = radians(setup.plate_tilt_deg)
    h = u * cos(tau)
    k_deg = min(150.0, max(0.0, setup.knee_deg + body.knee_error_deg))
    r = sqrt(a**2 + b**2 + 2 * a * b * cos(radians(k_deg)))
    D = sqrt(r**2 - h**2)
    psi = phase(complex(D, h)) - phase(a + b * rect(1, -radians(k_deg)))
    beta_deg = setup.backrest_deg + body.pad_error_deg
    Phi = setup.rail_deg + beta_deg + degrees(psi)
    delta = degrees(atan2(a * sin(psi) - h, D - a * cos(psi))) - setup.plate_tilt_deg

    R = body.lumbar_range_deg
    if setup.own_lumbar_range_deg is not None:
        R = setup.own_lumbar_range_deg + body.range_reading_error_deg
    s = min(body.spine_share * R / 54, 0.6)
    hip_limit = body.hip_limit_deg
    if setup.own_hip_flexion_deg is not None:
        hip_limit = (setup.own_hip_flexion_deg + body.hip_reading_error_deg) * (1 - s)
    w = body.softness_deg
    cap = hip_limit + body.stance_slope * (setup.stance_deg - 10)
    slr = setup.straight_leg_raise_deg + body.raise_error_deg
    ham = 0.65 * slr + body.hamstring_slack * k_deg
    lim = cap - w * log(1 + exp((cap - ham) / w))
    L = s * Phi + (1 - s) * w * log(1 + exp((Phi - lim / (1 - s)) / w))
    f = min(L, 1.10 * R) / R

    figures = {
        "knee_deg": k_deg,
        "rail_distance_m": D - u * sin(tau),
        "thigh_deg": degrees(psi),
        "trunk_thigh_deg": Phi,
        "dorsiflexion_deg": delta,
        "lumbar_deg": f * R,
        "flexion_fraction": f,
        "hip_limit_deg": lim,
    }
    moved = setup.plates_kg + (0 if setup.resistance == "stack" else setup.sled_kg)
    if setup.resistance == "unknown" or moved < 5:
        return figures

    theta, beta = radians(setup.rail_deg), radians(beta_deg)
    pull = 1.0 if setup.resistance == "stack" else sin(theta) + body.rail_friction * cos(theta)
    F = setup.pulley_ratio * moved * G * pull * setup.tempo
    knee = (a * cos(psi), a * sin(psi))
    ankle = (D, h)
    points = (  # share of body mass, and where along the rail and across it that weight acts
        (0.100, 0.433 * knee[0], 0.433 * knee[1]),
        (
            0.0465,
            knee[0] + 0.433 * (ankle[0] - knee[0]),
            knee[1] + 0.433 * (ankle[1] - knee[1]),
        ),
        (0.0145, *ankle),
    )
    legs = sum(
        2 * mass * setup.body_mass_kg * G * (e1 * cos(theta) - e2 * sin(theta))
        for mass, e1, e2 in points
    )
    hip = F * body.foot_force_direction * (h + body.pressure_centre_cm / 100) - legs
    e = hip / F
    t = min(1.0, max(0.0, (f - 0.4) / 0.5))
    flat, tuck = body.flat_contact_cm / 100, body.tucked_contact_cm / 100
    h_c = flat + (tuck - flat) * (3 * t**2 - 2 * t**3)
    h_t = body.upper_contact_cm / 100
    gamma = theta + beta
    R_t = F * sin(gamma) * max(0.0, e - h_c) / max(h_t - h_c, 0.05)
    M_L = R_t * max(h_t - 0.058 * setup.stature_cm / 100, 0.0)
    M_p = body.passive_moment_nm * exp(5 * (f - 1))
    d = body.muscle_arm_cm / 100 * (1 - 0.15 * min(f, 1.0))
    ax = 1.0 if setup.shoulder_pads else body.axial_share
    C = (
        0.58 * setup.body_mass_kg * G * max(0.0, sin(beta)) * (1 - body.pad_share)
        + ax * max(0.0, F * cos(gamma))
        + body.co_contraction_n
        + setup.brace * body.brace_contraction_n
        + max(M_L, M_p) / d * (1 - setup.brace * body.brace_relief)
    )
    return figures | {
        "sled_force_n": F,
        "hip_moment_nm": hip,
        "line_of_action_m": e,
        "pelvic_contact_m": h_c,
        "pelvic_pad_n": F * sin(gamma) - R_t,
        "upper_pad_n": R_t,
        "l5s1_moment_nm": M_L,
        "compression_n": C,
        "body_weights": C / (setup.body_mass_kg * G),
    }
