"""Pictures made of plain geometry: facts in, drawings out, printed by a macro of the same name.

Every drawing is two steps. A view fills a small frozen dataclass of facts and asks for the drawing;
the page prints it with the macro of that name from templates/components/.

===================  ==========================================  ====================================
module               facts -> drawing                            macro
===================  ==========================================  ====================================
chart_facts          LineChartFacts and what both charts eat
line_chart           LineChartFacts -> draw_line_chart           line_chart(chart): chart, key, notes, the
                                                                 readings_table(chart), kept charts
line_chart           LineChartFacts -> draw_sparkline            sparkline(line)
line_chart           many, and months -> draw_small_multiples    small_multiples(charts, links)
thread               ThreadFacts: what both thread drawings eat
thread_panorama      ThreadFacts -> draw_thread_panorama         thread_panorama(panorama), with an
                                                                 optional {% call %} for the heading
thread_rail          ThreadFacts -> draw_thread_rail             {% call(station) thread_rail(rail) %}
ten_weeks            TenWeeksFacts -> draw_ten_weeks             ten_weeks(weeks)
timeline_picture     TimelineFacts -> draw_timeline              timeline_picture(timeline)
standing             StandingFacts -> draw_standing              picture(drawing)
ramp                 RampFacts -> draw_ramp                      {% call(step) ramp(drawn) %}
(none)               nothing                                     thread_key(): how to read the thread
===================  ==========================================  ====================================

`key` in the facts becomes part of the ids inside the picture: give each picture of a page its own.
Words for people (dates, labels) come in as they shall be read; nothing here knows a clock.
"""
